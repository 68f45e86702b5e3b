//! The database that a command works on.

use std::path::Path;

use clap::Args;
use kepu_app::installation::MIGRATIONS;
use kepu_db::{Db, Options};

/// The option that names the database.
#[derive(Args, Clone)]
pub struct Database {
    /// 数据库：sqlite:路径 或 postgres://…
    #[arg(
        long,
        env = "KEPU_DATABASE",
        default_value = "sqlite:demo/kepu.sqlite",
        value_name = "URL",
        hide_env_values = true
    )]
    database: String,
}

impl Database {
    /// An SQLite database in a file.
    pub fn sqlite(path: &Path) -> Self {
        Self {
            database: format!("sqlite:{}", path.display()),
        }
    }

    /// Opens it and brings its schema up to date.
    pub fn open(&self) -> Result<Db, String> {
        let url = self
            .database
            .parse()
            .map_err(|error: kepu_db::Error| error.to_string())?;
        Db::open(&url, Options::default(), MIGRATIONS).map_err(|error| error.to_string())
    }
}
