//! The drivers: they save before each send and after each answer, and stop where that fails.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::collections::{BTreeMap, VecDeque};
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use payseal::bitloga::Withdraw;
use payseal::driver::{Advanced, AsyncDriver, Driver, Pause, RunError, advance, advance_async, run, run_async};
use payseal::payout::{Payout, Verdict};
use payseal::watch::{Watch, WatchVerdict};
use payseal::{Bitloga, Progress, Request, Secret, Timestamp};

const COMPLETE: &str = r#"{"from":"USD","to":"WMZ","amount_from":10.10,"amount_from_comis":10.10,"amount_to":10.00,
    "purse":"Z123456789012","type":"Withdraw","status":"Complete","orderid":29,"uniqueid":"135","success":true}"#;
const NOT_KNOWN: &str = r#"{"success":false,"error":"not found"}"#;

fn gateway() -> Bitloga {
    Bitloga::new("api-key", Secret::new("api-secret").unwrap())
}

fn payout() -> Payout {
    gateway().payout(&Withdraw::new("135", "USD", "WMZ", "10.00".parse().unwrap(), "Z123456789012")).unwrap()
}

fn action(request: &Request) -> String {
    let body: serde_json::Value = serde_json::from_slice(request.body.as_ref().unwrap()).unwrap();
    body["action"].as_str().unwrap().to_owned()
}

type Answer = Option<(u16, &'static str)>;

/// A store that compares and swaps: one text for each payout, and only the next revision replaces it.
#[derive(Debug, Default, Clone)]
struct Store(Arc<Mutex<BTreeMap<u64, String>>>);

impl Store {
    fn save(&self, text: &str, revision: u64) -> Result<(), &'static str> {
        let mut texts = self.0.lock().unwrap();
        let last = texts.keys().next_back().copied().unwrap_or(0);
        if revision != last + 1 {
            return Err("another worker was here");
        }
        texts.insert(revision, text.to_owned());
        Ok(())
    }

    fn revisions(&self) -> Vec<u64> {
        self.0.lock().unwrap().keys().copied().collect()
    }

    fn text(&self) -> String {
        self.0.lock().unwrap().values().next_back().cloned().unwrap()
    }
}

/// A worker that does no I/O and writes down what it is told to do.
#[derive(Debug, Default)]
struct Worker {
    now: u64,
    store: Store,
    answers: VecDeque<Answer>,
    /// What it answers when `answers` is empty.
    then: Answer,
    log: Vec<String>,
    progress: Vec<Progress>,
    /// How many pauses it takes before it stops.
    pauses_left: Option<usize>,
    /// The revision at which the disk is full.
    full_at: Option<u64>,
    judgement: Option<bool>,
    judged: usize,
    /// How often the asynchronous one is not ready at first.
    delays: u32,
}

impl Worker {
    fn answering(answers: &[Answer]) -> Self {
        Self { answers: answers.iter().copied().collect(), ..Self::default() }
    }

    fn sent(&self) -> Vec<&str> {
        self.log.iter().filter_map(|entry| entry.strip_prefix("send ")).collect()
    }
}

impl Driver for Worker {
    type Failure = &'static str;

    fn send(&mut self, request: &Request) -> Option<(u16, Vec<u8>)> {
        self.log.push(format!("send {}", action(request)));
        let (status, body) = self.answers.pop_front().unwrap_or(self.then)?;
        Some((status, body.as_bytes().to_vec()))
    }

    fn store(&mut self, text: &str, revision: u64) -> Result<(), &'static str> {
        if self.full_at == Some(revision) {
            return Err("the disk is full");
        }
        self.log.push(format!("save {revision}"));
        self.store.save(text, revision)
    }

    fn now(&mut self) -> Timestamp {
        Timestamp::from_millis(self.now)
    }

    fn sleep_until(&mut self, until: Timestamp) -> Pause {
        assert!(until.millis() > self.now, "a pause that is over");
        match &mut self.pauses_left {
            Some(0) => return Pause::Stop,
            Some(left) => *left -= 1,
            None => {}
        }
        self.now = until.millis();
        Pause::Over
    }

    fn progress(&mut self, progress: &Progress) {
        self.progress.push(progress.clone());
    }

    fn is_not_known(&mut self, _: u16, _: &[u8]) -> Option<bool> {
        self.judged += 1;
        self.judgement
    }
}

/// The same worker, whose futures are not ready at first.
struct Asynchronous(Worker);

/// Is pending so many times.
struct Delay(u32);

impl Future for Delay {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.0 == 0 {
            return Poll::Ready(());
        }
        self.0 -= 1;
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

impl AsyncDriver for Asynchronous {
    type Failure = &'static str;

    async fn send(&mut self, request: &Request) -> Option<(u16, Vec<u8>)> {
        Delay(self.0.delays).await;
        self.0.send(request)
    }

    async fn store(&mut self, text: &str, revision: u64) -> Result<(), &'static str> {
        Delay(self.0.delays).await;
        self.0.store(text, revision)
    }

    fn now(&mut self) -> Timestamp {
        Driver::now(&mut self.0)
    }

    async fn sleep_until(&mut self, until: Timestamp) -> Pause {
        Delay(self.0.delays).await;
        self.0.sleep_until(until)
    }

    fn progress(&mut self, progress: &Progress) {
        Driver::progress(&mut self.0, progress);
    }

    fn is_not_known(&mut self, status: u16, body: &[u8]) -> Option<bool> {
        Driver::is_not_known(&mut self.0, status, body)
    }
}

/// The smallest executor.
fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}

/// Polls a future so many times, then drops it: the program crashes.
fn poll_times<F: Future>(future: F, times: usize) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    (0..times).find_map(|_| match future.as_mut().poll(&mut context) {
        Poll::Ready(output) => Some(output),
        Poll::Pending => None,
    })
}

fn is_send<T: Send>(value: T) -> T {
    value
}

#[test]
fn it_saves_before_the_send_and_after_the_answer() {
    let mut worker = Worker::answering(&[None, Some((502, "<html>")), Some((200, COMPLETE))]);
    let outcome = run(&mut payout(), &gateway(), &mut worker).unwrap().unwrap();
    assert_eq!(outcome.verdict, Verdict::Paid);
    let expected = ["save 1", "send withdraw", "save 2", "send details", "save 3", "send details", "save 4"];
    assert_eq!(worker.log, expected);
    assert_eq!(worker.now, 15_000);
    let mut saved = gateway().resume_payout(&worker.store.text()).unwrap();
    assert_eq!(run(&mut saved, &gateway(), &mut worker).unwrap().unwrap(), outcome);
    assert_eq!(worker.log.len(), 7, "what has ended sends and saves nothing");
}

#[test]
fn revisions_follow_each_other_without_a_gap() {
    let mut worker = Worker { then: Some((200, NOT_KNOWN)), ..Worker::default() };
    let outcome = run(&mut payout(), &gateway(), &mut worker).unwrap().unwrap();
    assert_eq!(outcome.verdict, Verdict::Rejected);
    let revisions = worker.store.revisions();
    assert_eq!(revisions, (1..=revisions.len() as u64).collect::<Vec<_>>());
}

#[test]
fn what_is_not_saved_is_not_sent() {
    let mut worker = Worker { full_at: Some(1), ..Worker::default() };
    let failure = run(&mut payout(), &gateway(), &mut worker).unwrap_err();
    assert_eq!((&failure, worker.log.len()), (&RunError::Store("the disk is full"), 0));
    assert_eq!(failure.to_string(), "not saved: the disk is full");
    let failure = advance(&mut payout(), &gateway(), &mut worker).unwrap_err();
    assert_eq!((failure, worker.log.len()), (RunError::Store("the disk is full"), 0));
    // The payout that was not saved is not sent later either, before the gateway was asked.
    let mut payout = payout();
    run(&mut payout, &gateway(), &mut worker).unwrap_err();
    (worker.full_at, worker.pauses_left) = (None, Some(3));
    worker.store.save("", 1).unwrap();
    run(&mut payout, &gateway(), &mut worker).unwrap();
    assert_eq!(worker.sent(), ["details", "details", "details"]);
}

#[test]
fn an_answer_that_is_not_saved_ends_the_run() {
    let mut worker = Worker { full_at: Some(2), then: Some((200, COMPLETE)), ..Worker::default() };
    assert_eq!(run(&mut payout(), &gateway(), &mut worker), Err(RunError::Store("the disk is full")));
    assert_eq!(worker.log, ["save 1", "send withdraw"]);
    let mut resumed = gateway().resume_payout(&worker.store.text()).unwrap();
    worker.full_at = None;
    assert!(run(&mut resumed, &gateway(), &mut worker).unwrap().unwrap().is_paid());
    assert_eq!(worker.sent(), ["withdraw", "details"]);
}

#[test]
fn of_two_workers_one_stops() {
    let store = Store::default();
    let worker = || Worker { store: store.clone(), pauses_left: Some(0), ..Worker::default() };
    let (mut one, mut other) = (worker(), worker());
    assert_eq!(run(&mut payout(), &gateway(), &mut one), Ok(None));
    assert_eq!(run(&mut payout(), &gateway(), &mut other), Err(RunError::Store("another worker was here")));
    assert_eq!((one.sent().len(), other.sent().len()), (1, 0));

    // Both go on from the same text.
    let text = store.text();
    let resumed = || gateway().resume_payout(&text).unwrap();
    let (mut one, mut other) = (worker(), worker());
    (one.pauses_left, other.pauses_left) = (Some(1), Some(1));
    assert_eq!(run(&mut resumed(), &gateway(), &mut one), Ok(None));
    assert_eq!(run(&mut resumed(), &gateway(), &mut other), Err(RunError::Store("another worker was here")));
    assert_eq!([one.sent(), other.sent()], [["details"], ["details"]], "questions do no harm");
    assert_eq!(store.revisions(), [1, 2, 3]);
}

#[test]
fn it_stops_in_a_pause_and_goes_on_from_the_text() {
    let mut worker = Worker { pauses_left: Some(2), ..Worker::default() };
    assert_eq!(run(&mut payout(), &gateway(), &mut worker), Ok(None));
    assert_eq!(worker.sent(), ["withdraw", "details", "details"]);
    let mut resumed = gateway().resume_payout(&worker.store.text()).unwrap();
    (worker.pauses_left, worker.then) = (None, Some((200, COMPLETE)));
    assert!(run(&mut resumed, &gateway(), &mut worker).unwrap().unwrap().is_paid());
    assert_eq!(worker.sent(), ["withdraw", "details", "details", "details"]);
}

#[test]
fn advance_does_what_there_is_to_do_now() {
    let mut worker = Worker::answering(&[None, None, Some((200, COMPLETE))]);
    let (mut payout, gateway) = (payout(), gateway());
    for until in [5_000, 15_000] {
        let until = Timestamp::from_millis(until);
        assert_eq!(advance(&mut payout, &gateway, &mut worker).unwrap(), Advanced::Wait(until));
        let sent = worker.sent().len();
        assert_eq!(advance(&mut payout, &gateway, &mut worker).unwrap(), Advanced::Wait(until), "woken too soon");
        assert_eq!(worker.sent().len(), sent);
        worker.now = until.millis();
    }
    assert!(
        matches!(advance(&mut payout, &gateway, &mut worker).unwrap(), Advanced::Done(outcome) if outcome.is_paid())
    );
    assert_eq!(worker.store.revisions(), [1, 2, 3, 4]);
}

#[test]
fn the_caller_may_judge_what_is_not_known() {
    let refused = Some((200, r#"{"success":false,"error":"E17"}"#));
    for (judgement, verdict) in
        [(None, Verdict::Unknown), (Some(false), Verdict::Unknown), (Some(true), Verdict::Rejected)]
    {
        let mut worker = Worker { then: refused, judgement, ..Worker::default() };
        let outcome = run(&mut payout(), &gateway(), &mut worker).unwrap().unwrap();
        assert_eq!(outcome.verdict, verdict, "{judgement:?}");
        assert!(worker.judged > 10);
    }
    let mut worker = Worker { then: Some((200, NOT_KNOWN)), judgement: Some(false), ..Worker::default() };
    assert_eq!(run(&mut payout(), &gateway(), &mut worker).unwrap().unwrap().verdict, Verdict::Unknown);
}

#[test]
fn progress_is_shown_after_each_answer_and_before_each_pause() {
    let refused = Some((200, r#"{"success":false,"error":"no money"}"#));
    let mut worker = Worker::answering(&[refused, None, Some((200, COMPLETE))]);
    run(&mut payout(), &gateway(), &mut worker).unwrap();
    let shown: Vec<_> = worker.progress.iter().map(|progress| (progress.stage, progress.questions)).collect();
    assert_eq!(shown, [("waiting", 0), ("waiting", 0), ("waiting", 1), ("waiting", 1), ("done", 2)]);
    assert_eq!(worker.progress[0].refusal.as_deref(), Some("no money"));
    assert_eq!(worker.progress[0].next_look, Some(Timestamp::from_millis(5_000)));
}

#[test]
fn another_account_is_refused_before_anything_is_saved_or_sent() {
    let other = Bitloga::new("another-key", Secret::new("api-secret").unwrap());
    let mut worker = Worker::default();
    let Err(RunError::Machine(error)) = run(&mut payout(), &other, &mut worker) else { panic!("it runs") };
    assert_eq!((error.field(), worker.log.len()), (Some("gateway"), 0));
}

#[test]
fn the_asynchronous_driver_does_the_same() {
    let answers = [None, Some((200, NOT_KNOWN)), Some((200, COMPLETE))];
    let mut blocking = Worker::answering(&answers);
    let expected = run(&mut payout(), &gateway(), &mut blocking).unwrap();
    for delays in 0..3 {
        let mut driver = Asynchronous(Worker { delays, ..Worker::answering(&answers) });
        let outcome = block_on(run_async(&mut payout(), &gateway(), &mut driver)).unwrap();
        assert_eq!((&outcome, &driver.0.log), (&expected, &blocking.log));
        assert_eq!(driver.0.progress, blocking.progress);
    }
    let mut driver = Asynchronous(Worker { delays: 2, full_at: Some(1), ..Worker::default() });
    let failure = block_on(advance_async(&mut payout(), &gateway(), &mut driver)).unwrap_err();
    assert_eq!((failure, driver.0.log.len()), (RunError::Store("the disk is full"), 0));
}

/// Dropped at any point, as when a task is cancelled, it goes on from what was saved.
#[test]
fn a_future_that_is_dropped_is_like_a_crash() {
    let mut crashes = 0;
    for times in 1.. {
        let store = Store::default();
        let answers = [None, None, Some((200, COMPLETE))];
        let worker = Worker { delays: 2, store: store.clone(), ..Worker::answering(&answers) };
        let mut driver = Asynchronous(worker);
        let ended = poll_times(run_async(&mut payout(), &gateway(), &mut driver), times);
        if ended.is_some() {
            break;
        }
        crashes += 1;
        if store.revisions().is_empty() {
            assert_eq!(driver.0.sent(), [""; 0], "sent and not saved");
            continue;
        }
        let mut resumed = gateway().resume_payout(&store.text()).unwrap();
        let mut worker = Worker { then: Some((200, COMPLETE)), store: store.clone(), ..Worker::default() };
        assert!(run(&mut resumed, &gateway(), &mut worker).unwrap().unwrap().is_paid(), "{times}");
        assert!(!worker.sent().contains(&"withdraw"), "{times}");
        let revisions = store.revisions();
        assert_eq!(revisions, (1..=revisions.len() as u64).collect::<Vec<_>>(), "{times}");
    }
    assert!(crashes > 15, "{crashes}");
}

/// That this compiles is the test: such a run can be handed to a runtime with several threads.
#[test]
fn a_run_can_be_sent_to_another_thread() {
    let (mut payout, gateway) = (payout(), gateway());
    let mut driver = Asynchronous(Worker::answering(&[Some((200, COMPLETE))]));
    let ended = std::thread::scope(|threads| {
        let future = is_send(run_async(&mut payout, &gateway, &mut driver));
        threads.spawn(|| block_on(future)).join().unwrap()
    });
    assert!(ended.unwrap().unwrap().is_paid());
    let mut watch = Watch::invoice(&gateway, "135").unwrap();
    drop(is_send(advance_async(&mut watch, &gateway, &mut driver)));
}

#[test]
fn watches_are_driven_too() {
    let paid =
        r#"{"to":"WMZ","amount":1.00,"type":"Invoice","status":"Payed","invoiceid":5,"uniqueid":"135","success":true}"#;
    let mut watch = Watch::invoice(&gateway(), "135").unwrap();
    let mut worker = Worker::answering(&[None, Some((200, paid))]);
    let outcome = run(&mut watch, &gateway(), &mut worker).unwrap().unwrap();
    assert_eq!(outcome.verdict, WatchVerdict::Paid);
    assert_eq!(worker.log, ["send details", "save 1", "send details", "save 2"]);
}

/// A text that is saved while a question is under way, as `advance` finds it after a crash.
#[test]
fn a_crash_between_send_and_report_is_made_up_for() {
    let mut payout = payout();
    let mut worker = Worker { pauses_left: Some(0), ..Worker::default() };
    run(&mut payout, &gateway(), &mut worker).unwrap();
    let mut resumed = gateway().resume_payout(&worker.store.0.lock().unwrap()[&1]).unwrap();
    let mut later = Worker { then: Some((200, COMPLETE)), ..Worker::default() };
    later.store.save("", 1).unwrap();
    assert!(run(&mut resumed, &gateway(), &mut later).unwrap().unwrap().is_paid());
    assert_eq!(later.log, ["save 2", "send details", "save 3"]);
}
