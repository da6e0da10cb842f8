"""`npm install payseal-sandbox` from a registry, on a machine without Rust."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
from pathlib import Path

import pytest
from conftest import Project
from places import PACKAGES, ROOT, assert_gone, is_running, only, run

TSC = ROOT / "bindings-wasm" / "node_modules" / ".bin" / "tsc"
STARTS_AND_WAITS = """
import { startSandbox } from "payseal-sandbox";
const sandbox = await startSandbox();
console.log(sandbox.pid, sandbox.url);
setTimeout(() => {}, 60_000);
"""


def test_an_express_shop_is_tested(node: Project, tmp_path: Path) -> None:
    seen = tmp_path / "sandboxes"
    printed = node.run("node", "--test", "shop.test.js", SANDBOXES=str(seen))
    assert "pass 4" in printed
    pid, url = seen.read_text(encoding="utf-8").split()
    assert_gone(int(pid), url)


def test_npm_installs_the_one_package_with_a_program(node: Project) -> None:
    installed = [folder.name for folder in (node.folder / "node_modules" / "@payseal").iterdir()]
    assert len(installed) == 1
    lock = json.loads((node.folder / "package-lock.json").read_text(encoding="utf-8"))
    assert len([name for name in lock["packages"] if "@payseal/" in name]) == 5, "the others are for other machines"


def test_the_command_is_the_program(node: Project) -> None:
    described = json.loads((node.folder / "node_modules/payseal-sandbox/package.json").read_text(encoding="utf-8"))
    assert node.run("npx", "payseal-sandbox", "--version") == f"payseal-sandbox {described['version']}\n"
    assert "possible values: pay, refuse, replay" in node.run("npx", "payseal-sandbox", "--repeats", "x", status=2)


@pytest.mark.parametrize(("end", "status"), [(signal.SIGTERM, 0), (signal.SIGINT, 0), (signal.SIGKILL, -9)])
def test_signals_reach_the_program_through_the_command(node: Project, end: signal.Signals, status: int) -> None:
    command = [str(only(node.folder / "node_modules" / ".bin", "payseal-sandbox")), "--port", "0"]
    environment = {**os.environ, "PATH": node.path}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, text=True
    ) as launcher:
        assert launcher.stdout is not None
        url = launcher.stdout.readline().split()[-1]
        children = Path(f"/proc/{launcher.pid}/task/{launcher.pid}/children").read_text(encoding="utf-8").split()
        assert len(children) == 1
        launcher.send_signal(end)
    assert launcher.returncode == status
    assert_gone(int(children[0]), url)


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_it_ends_with_the_tests_however_they_end(node: Project, end: signal.Signals) -> None:
    file = node.write("waits.mjs", STARTS_AND_WAITS)
    environment = {**os.environ, "PATH": node.path}
    with subprocess.Popen(["node", file], env=environment, stdout=subprocess.PIPE, text=True) as tests:
        assert tests.stdout is not None
        pid, url = tests.stdout.readline().split()
        assert is_running(int(pid))
        tests.send_signal(end)
    assert_gone(int(pid), url)


def test_tests_that_forget_to_stop_it_end(node: Project) -> None:
    node.write("forgets.mjs", STARTS_AND_WAITS.replace("setTimeout(() => {}, 60_000);", ""))
    pid, url = node.run("node", "forgets.mjs").split()
    assert_gone(int(pid), url)


def test_two_at_once_from_commonjs(node: Project) -> None:
    node.write("two.cjs", """
const assert = require("node:assert/strict");
const { startSandbox } = require("payseal-sandbox");
(async () => {
  const [one, two] = await Promise.all([startSandbox(), startSandbox({ walletId: "w" })]);
  assert.notEqual(one.url, two.url);
  await one.post("balances", { USD: "1.00" });
  assert.notDeepEqual((await one.state()).balances, (await two.state()).balances);
  await Promise.all([one.stop(), two[Symbol.asyncDispose]()]);
  await one.stop();
  console.log(one.walletId, two.walletId, one.isRunning, two.isRunning);
})();
""")  # fmt: skip
    assert node.run("node", "two.cjs") == "sandbox-wallet w false false\n"


def test_what_goes_wrong_at_the_start_says_why(node: Project) -> None:
    node.write("wrong.mjs", """
import { startSandbox } from "payseal-sandbox";
const first = await startSandbox();
for (const options of [{ port: new URL(first.url).port }, { phpJsn: true }])
  await startSandbox(options).catch((error) => console.log(String(error)));
""")  # fmt: skip
    printed = node.run("node", "wrong.mjs")
    assert "SandboxError: the sandbox did not start" in printed and "cannot listen on 127.0.0.1" in printed
    assert 'TypeError: the sandbox has no option "phpJsn"' in printed


def test_a_missing_package_is_an_error_that_helps(node: Project) -> None:
    (package,) = (node.folder / "node_modules" / "@payseal").iterdir()
    aside = package.rename(node.folder / "aside")
    try:
        printed = node.run("npx", "payseal-sandbox", status=1)
    finally:
        aside.rename(package)
    assert f"The package @payseal/{package.name} is missing" in printed and "--omit=optional" in printed


def test_the_options_are_those_of_the_command_line(node: Project) -> None:
    known = set(re.findall(r"--([a-z-]+)", node.run("npx", "payseal-sandbox", "--help").split("Options:")[1]))
    node.write("names.mjs", """
import { startSandbox } from "payseal-sandbox";
await startSandbox({ no: 1 }).catch((error) => console.log(error.message));
""")  # fmt: skip
    names = node.run("node", "names.mjs").strip().split("it has ")[1].split(", ")
    words = {re.sub("([A-Z])", r"-\1", name).lower() for name in names}
    assert words == known - {"end-with-parent", "help", "version"}


TYPES = """
import { startSandbox, type Delivery, type SandboxOptions } from "payseal-sandbox";

export async function test() {
  const options: SandboxOptions = { repeats: "pay", trouble: { per_mille: { drop: 1 } } };
  const sandbox = await startSandbox(options);
  const attempts: Delivery[] = await sandbox.deliveries("125");
  const statuses: (number | null)[] = attempts.map(({ status }) => status);
  await sandbox[Symbol.asyncDispose]();
  console.log(statuses, (await sandbox.pay("125")).status);
  // @ts-expect-error: no such option
  await startSandbox({ phpJsn: true });
  // @ts-expect-error: no such value
  await startSandbox({ repeats: "twice" });
}
"""


@pytest.mark.parametrize("name", ["types.mts", "types.cts"])
def test_types(node: Project, name: str) -> None:
    node.write(name, TYPES)
    node.run(TSC, "--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", name)


def test_the_sources_are_typed() -> None:
    run(TSC, "--project", ROOT / "examples" / "sandbox" / "npm", folder=ROOT)


def test_the_readmes_example(node: Project) -> None:
    text = (ROOT / "examples" / "sandbox" / "npm" / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```js\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    node.write("readme.test.js", block)
    assert "pass 1" in node.run("node", "--test", "readme.test.js")


def test_the_packages_are_small() -> None:
    for tarball in PACKAGES.glob("*.tgz"):
        print(f"{tarball.stat().st_size} bytes: {tarball.name}")
        assert tarball.stat().st_size < 3_000_000
