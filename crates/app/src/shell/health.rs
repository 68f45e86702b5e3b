//! Whether the process lives, and whether it serves.

use axum::extract::State;
use kepu_db::params;

use super::{App, Result};

/// The process answers.
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// The process serves: its database answers too.
pub async fn readyz(State(app): State<App>) -> Result<&'static str> {
    app.read(|read| read.list(&super::app::ONE, params![], |row| row.get::<i64>("one")))
        .await?;
    Ok("ready\n")
}
