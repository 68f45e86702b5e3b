//! Whether the process lives, and whether it serves.

use axum::extract::State;

use super::{App, Result};

/// The process answers.
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// The process serves: its database answers too.
pub async fn readyz(State(app): State<App>) -> Result<&'static str> {
    app.db
        .read(|read| read.list(&super::app::ONE, &[], |row| row.get::<i64>("one")))
        .await?;
    Ok("ready\n")
}
