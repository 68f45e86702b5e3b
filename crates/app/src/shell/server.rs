//! Serving over the network.

use std::future::Future;
use std::io;

use tokio::net::TcpListener;

/// Serves until `stop` resolves; requests under way are answered before it returns.
pub async fn serve(
    listener: TcpListener,
    router: axum::Router,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    axum::serve(listener, router).with_graceful_shutdown(stop).await
}
