//! `GET /events`: Server-Sent Events, one at once and one after every change.

use std::{
    convert::Infallible,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    body::{Body, Bytes, HttpBody},
    extract::State,
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use hyper::body::Frame;
use tokio::sync::{mpsc, watch};

use crate::{app::App, changes::Latest};

/// Changes that follow each other faster are told as one.
const PAUSE: Duration = Duration::from_millis(100);
/// How often a line is sent to a watcher when nothing changes, so that one that is gone is noticed.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// Tells of every change until the watcher hangs up or the sandbox stops.
pub(super) async fn events(State(app): State<Arc<App>>) -> Response {
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(tell(app.changes.watch(), sender));
    let headers = [(CONTENT_TYPE, "text/event-stream"), (CACHE_CONTROL, "no-store")];
    (headers, Body::new(Events(receiver))).into_response()
}

async fn tell(mut changes: watch::Receiver<Latest>, sender: mpsc::Sender<String>) {
    let mut prefix = "retry: 1000\n";
    loop {
        let Latest::Change(number) = *changes.borrow_and_update() else { return };
        if sender.send(format!("{prefix}event: change\ndata: {number}\n\n")).await.is_err() {
            return;
        }
        prefix = "";
        tokio::time::sleep(PAUSE).await;
        loop {
            match next(&mut changes, &sender).await {
                Ok(true) => break,
                Ok(false) => {}
                Err(()) => return,
            }
        }
    }
}

/// Waits for a change. Says whether there was one; if not, a heartbeat was sent. Fails when the watcher is gone.
async fn next(changes: &mut watch::Receiver<Latest>, sender: &mpsc::Sender<String>) -> Result<bool, ()> {
    tokio::select! {
        result = changes.changed() => result.map(|()| true).map_err(drop),
        () = sender.closed() => Err(()),
        () = tokio::time::sleep(HEARTBEAT) => sender.send(":\n\n".to_owned()).await.map(|()| false).map_err(drop),
    }
}

/// A body that grows for as long as somebody writes to it.
struct Events(mpsc::Receiver<String>);

impl HttpBody for Events {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.0.poll_recv(context).map(|text| text.map(|text| Ok(Frame::data(Bytes::from(text)))))
    }
}
