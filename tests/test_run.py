"""Tests of the test runner: it counts what the tools print and never takes silence for success."""

from __future__ import annotations

import contextlib
import io
import time
import unittest
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import run
from runner import counts, schedule
from runner.counts import Counts
from runner.suites import SUITES, Suite

CARGO = """\
running 2 tests
test amount::tests::keeps_digits ... ok
test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
     Running tests/vectors.rs (target/debug/deps/vectors-0123456789abcdef)
test result: FAILED. 40 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.01s
   Doc-tests payseal
test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.80s
"""

NODE_TAP = """\
1..2
# tests 9
# suites 1
# pass 5
# fail 1
# cancelled 1
# skipped 1
# todo 1
# duration_ms 41.5
"""

UNITTEST = """\
.F.s
Ran 4 tests in 0.001s

FAILED (failures=1, skipped=1)
"""


class CountersTest(unittest.TestCase):
    """Reading counts from logs."""

    def test_cargo_sums_binaries_and_documentation_tests(self) -> None:
        self.assertEqual(counts.cargo(CARGO, 101), Counts(45, 1, 2))

    def test_cargo_that_does_not_compile_fails(self) -> None:
        self.assertEqual(counts.cargo("error[E0425]: cannot find value `x`", 101), Counts(0, 1))

    def test_cargo_without_a_test_fails(self) -> None:
        empty = "test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out;"
        self.assertEqual(counts.cargo(empty, 0), Counts(0, 1))

    def test_node_with_either_reporter(self) -> None:
        self.assertEqual(counts.node(NODE_TAP, 1), Counts(5, 2, 2))
        self.assertEqual(counts.node(NODE_TAP.replace("# ", "ℹ "), 1), Counts(5, 2, 2))

    def test_node_sums_several_runs(self) -> None:
        log = "# pass 5\n# fail 0\nbuilding\n\x1b[34mℹ pass 2\x1b[39m\n\x1b[34mℹ fail 0\x1b[39m\n"
        self.assertEqual(counts.node(log, 0), Counts(7))

    def test_node_ignores_the_names_of_tests(self) -> None:
        self.assertEqual(counts.node("# Subtest: pass 9\nok 1 - pass 8\n# pass 1\n", 0), Counts(1))

    def test_pytest_plain_and_quiet(self) -> None:
        long = "==== 1 failed, 12 passed, 2 skipped, 1 warning in 0.52s ====\n"
        self.assertEqual(counts.pytest(long, 1), Counts(12, 1, 2))
        self.assertEqual(counts.pytest("12 passed in 0.10s\n", 0), Counts(12))
        self.assertEqual(
            counts.pytest("= 12 passed, 1 xfailed in 61.10s (0:01:01) =\n", 0),
            Counts(13),
        )

    def test_pytest_counts_errors_and_unexpected_passes(self) -> None:
        self.assertEqual(
            counts.pytest("== 3 passed, 1 xpassed, 2 errors in 1.00s ==\n", 1),
            Counts(3, 3),
        )

    def test_pytest_that_collects_nothing_fails(self) -> None:
        self.assertEqual(counts.pytest("==== no tests ran in 0.01s ====\n", 5), Counts(0, 1))
        self.assertEqual(counts.pytest("==== 3 deselected in 0.01s ====\n", 0), Counts(0, 1))

    def test_unittest(self) -> None:
        self.assertEqual(counts.unittest(UNITTEST, 1), Counts(2, 1, 1))
        self.assertEqual(counts.unittest("Ran 1 test in 0.1s\n\nOK\n", 0), Counts(1))
        expected = "Ran 3 tests in 0.1s\n\nOK (expected failures=1)\n"
        self.assertEqual(counts.unittest(expected, 0), Counts(3))

    def test_a_bad_exit_status_is_a_failure_whatever_was_printed(self) -> None:
        self.assertEqual(counts.pytest("12 passed in 0.10s\n", 1), Counts(12, 1))
        self.assertEqual(counts.node("# pass 3\n# fail 0\n", 7), Counts(3, 1))

    def test_a_printed_failure_is_a_failure_whatever_the_exit_status(self) -> None:
        self.assertEqual(counts.node("# pass 3\n# fail 1\n", 0), Counts(3, 1))

    def test_silence_is_a_failure(self) -> None:
        for counter in (counts.cargo, counts.node, counts.pytest, counts.unittest):
            self.assertEqual(counter("", 0), Counts(0, 1))

    def test_commands_count_as_one_and_builds_as_none(self) -> None:
        self.assertEqual(counts.command("", 0), Counts(1))
        self.assertEqual(counts.command("", 2), Counts(0, 1))
        self.assertEqual(counts.build("", 0), Counts())
        self.assertEqual(counts.build("", 2), Counts(0, 1))


class ScheduleTest(unittest.TestCase):
    """Running real commands."""

    def setUp(self) -> None:
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        logs = patch.object(schedule, "LOGS", self.folder)
        logs.start()
        self.addCleanup(logs.stop)

    def outcomes(self, *suites: Suite) -> dict[str, schedule.Outcome]:
        """Runs suites, two at a time."""
        return {outcome.suite.name: outcome for outcome in schedule.run(suites, 2)}

    def test_output_goes_to_the_log_and_is_counted(self) -> None:
        suite = Suite("a", "echo '3 passed in 0.1s'; echo oops >&2", counts.pytest)
        outcome = self.outcomes(suite)["a"]
        self.assertEqual(outcome.counts, Counts(3))
        self.assertEqual(outcome.log.read_text(), "3 passed in 0.1s\noops\n")

    def test_a_suite_waits_for_what_it_needs(self) -> None:
        late = Suite("late", f"test -e {self.folder}/made", counts.command, after=("early",))
        early = Suite("early", f"sleep 0.3; touch {self.folder}/made", counts.build)
        self.assertEqual(self.outcomes(late, early)["late"].counts, Counts(1))

    def test_a_suite_whose_need_failed_is_not_run_and_counts_as_failed(self) -> None:
        bad = Suite("bad", "false", counts.build)
        middle = Suite("middle", "true", counts.build, after=("bad",))
        last = Suite("last", f"touch {self.folder}/ran", counts.command, after=("middle",))
        outcomes = self.outcomes(bad, middle, last)
        self.assertEqual(outcomes["last"].counts, Counts(0, 1))
        self.assertEqual(outcomes["last"].remark, "not run: middle failed")
        self.assertFalse((self.folder / "ran").exists())

    def test_one_lane_runs_one_suite_at_a_time(self) -> None:
        alone = f"mkdir {self.folder}/lock && sleep 0.2 && rmdir {self.folder}/lock"
        names = ("a", "b", "c")
        outcomes = self.outcomes(*(Suite(name, alone, counts.command, lane="x") for name in names))
        self.assertEqual([outcomes[name].counts for name in names], [Counts(1)] * 3)

    def test_two_suites_run_at_once(self) -> None:
        def meet(own: str, other: str) -> str:
            wait = f"until test -e {self.folder}/{other}; do sleep 0.1; done"
            return f"touch {self.folder}/{own}; timeout 5 bash -c '{wait}'"

        pair = (
            Suite("a", meet("a", "b"), counts.command),
            Suite("b", meet("b", "a"), counts.command),
        )
        self.assertEqual(
            [outcome.counts for outcome in self.outcomes(*pair).values()],
            [Counts(1)] * 2,
        )

    def test_a_suite_that_hangs_is_stopped_and_fails(self) -> None:
        outcome = self.outcomes(Suite("a", "echo '1 passed in 0.1s'; sleep 60", counts.pytest, minutes=0))["a"]
        self.assertEqual(outcome.counts.failed, 1)
        self.assertEqual(outcome.remark, "stopped after 0 minutes")
        self.assertLess(outcome.seconds, 5)

    def test_nothing_is_left_running(self) -> None:
        late = self.folder / "late"
        self.outcomes(Suite("a", f"(sleep 0.4; touch {late}) & true", counts.command))
        time.sleep(0.8)
        self.assertFalse(late.exists())


class CommandLineTest(unittest.TestCase):
    """The command line and the table of suites."""

    def run_suites(self, *suites: Suite) -> tuple[int, list[str]]:
        """Runs the program with a table of these suites; returns its exit status and lines."""
        output = io.StringIO()
        with TemporaryDirectory(dir=schedule.ROOT / "target") as folder:
            logs = patch.object(schedule, "LOGS", Path(folder))
            with (
                logs,
                patch.object(run, "SUITES", suites),
                contextlib.redirect_stdout(output),
            ):
                status = run.main([])
        return status, output.getvalue().splitlines()

    def test_the_last_line_is_the_count(self) -> None:
        good = Suite("good", "echo '3 passed in 0.1s'", counts.pytest)
        status, lines = self.run_suites(good, Suite("check", "true", counts.command))
        self.assertEqual((status, lines[-1]), (0, "4 passed, 0 failed"))

    def test_a_failure_shows_the_log_and_exits_with_1(self) -> None:
        bad = Suite("bad", "echo 'what went wrong'; exit 3", counts.command)
        status, lines = self.run_suites(bad, Suite("check", "true", counts.command))
        self.assertEqual((status, lines[-1]), (1, "1 passed, 1 failed"))
        self.assertIn("    what went wrong", lines)

    def test_only_brings_what_a_suite_waits_for(self) -> None:
        a = Suite("a", "", counts.build)
        b = Suite("b", "", counts.build, after=("a",))
        c = Suite("c", "", counts.command, after=("b",))
        d = Suite("d", "", counts.command)
        self.assertEqual(run.selected((a, b, c, d), ["c"]), [a, b, c])
        self.assertEqual(run.selected((a, b, c, d), []), [a, b, c, d])

    def test_the_table_is_sound(self) -> None:
        names = [suite.name for suite in SUITES]
        self.assertEqual(len(names), len(set(names)))
        for suite in SUITES:
            self.assertLessEqual(set(suite.after), set(names), suite.name)


class TableTest(unittest.TestCase):
    """Tables of suites that pass are shown, and nothing else of their output."""

    def test_from_its_first_line_to_the_next_empty_one(self) -> None:
        lines = ["ok 1", "| project |", "|---|", "| deno |", "", "# tests 1"]
        self.assertEqual(run.table(lines, "| project"), lines[1:4])

    def test_absent(self) -> None:
        self.assertEqual(run.table(["ok 1"], "| project"), [])


if __name__ == "__main__":
    unittest.main()
