//! `kepu serve`: serves an installation until it is told to stop.

use std::net::SocketAddr;

use clap::Args;
use kepu_app::shell::{self, App};
use kepu_app::{features, installation};
use kepu_kit::Clock;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

use crate::database::Database;

/// `kepu serve`
#[derive(Args)]
pub struct Serve {
    #[command(flatten)]
    database: Database,
    /// 监听的地址和端口
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDR")]
    listen: SocketAddr,
    /// 页面上的帮助电话
    #[arg(long, value_name = "PHONE")]
    phone: Option<String>,
}

impl Serve {
    /// Runs the command.
    pub fn run(self) -> Result<(), String> {
        let db = self.database.open_or_create()?;
        let app = installation::app(db, Clock::system(), self.phone).map_err(|error| error.to_string())?;
        serve(app, self.listen, |address| {
            println!("kepu 正在 http://{address} 上服务。按 Ctrl+C 停止。");
        })
    }
}

/// Serves the application; `ready` is called with the address once it listens.
pub fn serve(app: App, listen: SocketAddr, ready: impl FnOnce(SocketAddr)) -> Result<(), String> {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    runtime.block_on(async {
        let listener = TcpListener::bind(listen)
            .await
            .map_err(|error| format!("不能监听 {listen}：{error}。换一个端口，例如 --listen 127.0.0.1:8081"))?;
        let address = listener.local_addr().map_err(|error| error.to_string())?;
        let router = features::router(app);
        ready(address);
        shell::serve(listener, router, stopped())
            .await
            .map_err(|error| error.to_string())
    })
}

/// Resolves when the process is asked to stop.
async fn stopped() {
    let terminated = async {
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
}
