//! Sockets, routes, and a clean end.

use std::{fmt, io, net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::DefaultBodyLimit,
    http::{Request, Response, StatusCode, header},
    middleware::{from_fn_with_state, map_response},
    response::IntoResponse,
    routing::{get, post},
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::oneshot,
    task::JoinSet,
};
use tower::ServiceExt;

use crate::{
    apiforcrypto,
    app::App,
    behaviour::Standing,
    bitloga,
    changes::Changes,
    checkout, clock, control, delivery, exchange, guard,
    misbehave::{HangUp, Misbehaviour},
    options::Options,
    page, random,
    requests::{Arrived, RequestLog},
    signature::Signer,
    store::Store,
};

const MAXIMUM_BODY: usize = 1 << 20;
/// How long requests under way may take to end once the sandbox is to stop.
const GRACE: Duration = Duration::from_secs(5);
/// How long to wait when the system has no more sockets to give.
const RECOVERY: Duration = Duration::from_millis(100);

/// A running sandbox.
pub struct Sandbox {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    server: tokio::task::JoinHandle<()>,
}

/// Why a sandbox could not start.
#[derive(Debug)]
pub enum StartError {
    /// The address could not be listened on.
    Listen(SocketAddr, io::Error),
    /// The state file could not be used.
    State(String),
    /// The API key, the API secret or the wallet id is empty, the trouble makes no sense, or the client for callbacks
    /// could not be made.
    Options(String),
}

impl fmt::Display for StartError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listen(address, error) => write!(formatter, "cannot listen on {address}: {error}"),
            Self::State(reason) => write!(formatter, "cannot use the state file: {reason}"),
            Self::Options(reason) => formatter.write_str(reason),
        }
    }
}

impl std::error::Error for StartError {}

impl Sandbox {
    /// Listens, and serves in the background until it is stopped.
    ///
    /// # Errors
    /// If the address is taken, the state file is unusable, or a key, secret or wallet id is empty.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        let address = SocketAddr::new(options.host, options.port);
        let listener = TcpListener::bind(address).await.map_err(|error| StartError::Listen(address, error))?;
        let address = listener.local_addr().map_err(|error| StartError::Listen(address, error))?;
        let app = Arc::new(prepare(options, address)?);
        let client = exchange::client().build().map_err(|error| StartError::Options(error.to_string()))?;

        let (stop, stopped) = oneshot::channel();
        let mut workers = JoinSet::new();
        workers.spawn(clock::run(Arc::clone(&app)));
        workers.spawn(delivery::run(Arc::clone(&app), client));
        let server = tokio::spawn(serve(listener, app, workers, stopped));
        Ok(Self { address, stop, server })
    }

    /// `http://HOST:PORT`, without a slash at its end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Lets requests under way end, then stops. What is still to be delivered stays in the state file, if there is one.
    pub async fn stop(self) {
        // The server may have stopped by itself; there is nothing to say to it then.
        let _ = self.stop.send(());
        let _ = self.server.await;
    }
}

fn prepare(options: Options, address: SocketAddr) -> Result<App, StartError> {
    let required = [&options.api_key, &options.api_secret, &options.wallet_id];
    if required.iter().any(|text| text.is_empty()) {
        return Err(StartError::Options("the API key, the API secret and the wallet id must not be empty".to_owned()));
    }
    let seed = match options.seed {
        Some(seed) => seed,
        None => random::seed().map_err(|refusal| StartError::Options(refusal.message))?,
    };
    log::info!("seed {seed}");
    let misbehaviour = Misbehaviour::new(&options, seed, options.json_style());
    Ok(App {
        url: format!("http://{address}"),
        signer: Signer::new(&options.api_secret).map_err(|error| StartError::Options(error.to_string()))?,
        store: Store::open(options.state.as_deref()).map_err(StartError::State)?,
        standing: Standing::of(&options),
        misbehaviour: misbehaviour.map_err(|refusal| StartError::Options(format!("trouble: {}", refusal.message)))?,
        requests: RequestLog::default(),
        changes: Changes::none_yet(),
        clock_changed: tokio::sync::Notify::new(),
        deliveries_changed: tokio::sync::Notify::new(),
        options,
    })
}

fn routes(app: Arc<App>) -> Router {
    Router::new()
        .route("/api/v1/", post(bitloga::endpoint))
        .route("/api/v1", post(bitloga::endpoint))
        .route("/api/v1/wallets/{wallet}", get(apiforcrypto::wallet))
        .route("/api/v1/wallets/{wallet}/invoices", post(apiforcrypto::create_invoice))
        .route("/api/v1/wallets/{wallet}/invoices/{uuid}", get(apiforcrypto::invoice_of_wallet))
        .route("/api/v1/invoices/{uuid}", get(apiforcrypto::invoice))
        .nest("/sandbox", control::routes().layer(from_fn_with_state(Arc::clone(&app), guard::control)))
        .merge(
            checkout::routes()
                .layer(from_fn_with_state(Arc::clone(&app), guard::forms))
                .layer(map_response(page::guard)),
        )
        .merge(page::routes().layer(map_response(page::guard)))
        .fallback(|| async { failure(StatusCode::NOT_FOUND, "there is nothing at this path") })
        .method_not_allowed_fallback(|| async { failure(StatusCode::METHOD_NOT_ALLOWED, "wrong HTTP method") })
        .layer(DefaultBodyLimit::max(MAXIMUM_BODY))
        .with_state(app)
}

pub(crate) fn failure(status: StatusCode, message: &str) -> Response<Body> {
    let body = format!(r#"{{"success":false,"error":"{message}"}}"#);
    (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}

async fn serve(listener: TcpListener, app: Arc<App>, mut workers: JoinSet<()>, mut stopped: oneshot::Receiver<()>) {
    let routes = routes(Arc::clone(&app));
    let connections = GracefulShutdown::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => serve_connection(stream, &app, &routes, &connections),
                Err(_) => tokio::time::sleep(RECOVERY).await,
            },
            _ = &mut stopped => break,
        }
    }
    drop(listener);
    app.changes.end();
    let _ = tokio::time::timeout(GRACE, connections.shutdown()).await;
    app.misbehaviour.abandon();
    workers.shutdown().await;
}

/// Serves one connection with hyper itself, because only a service that fails makes it hang up without an answer.
fn serve_connection(stream: TcpStream, app: &Arc<App>, routes: &Router, connections: &GracefulShutdown) {
    let (app, routes) = (Arc::clone(app), routes.clone());
    let service = service_fn(move |request| answer(Arc::clone(&app), routes.clone(), request));
    let connection = http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service);
    let connection = connections.watch(connection);
    tokio::spawn(async move {
        // It ends in an error when the client breaks off, or when the sandbox was told to.
        let _ = connection.await;
    });
}

/// Reads the whole body before anything is answered: hyper closes a connection whose body was left unread, and a
/// client that uses it again would find it closed.
async fn answer(app: Arc<App>, routes: Router, request: Request<Incoming>) -> io::Result<Response<Body>> {
    let (head, body) = request.into_parts();
    let body = match tokio::time::timeout(app.options.body_timeout, to_bytes(Body::new(body), MAXIMUM_BODY)).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => return Ok(failure(StatusCode::PAYLOAD_TOO_LARGE, "the body is cut off, or longer than 1 MiB")),
        Err(_) => return Ok(failure(StatusCode::REQUEST_TIMEOUT, "the body did not arrive in time")),
    };
    let arrived = Arrived::of(&head, &body);
    let Ok(mut response) = routes.oneshot(Request::from_parts(head, Body::from(body))).await;
    if let Some(arrived) = arrived {
        response = app.requests.note(arrived, response).await;
        app.changes.note();
    }
    match response.extensions().get::<HangUp>() {
        Some(HangUp) => Err(io::Error::from(io::ErrorKind::ConnectionAborted)),
        None => Ok(response),
    }
}
