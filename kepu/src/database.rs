//! The database that a command works on.

use std::path::Path;

use clap::Args;
use kepu_app::installation::MIGRATIONS;
use kepu_db::{DatabaseUrl, Db, Options};

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

    /// Opens one that is there and brings its schema up to date. A mistyped path is refused, not created.
    pub fn open(&self) -> Result<Db, String> {
        let url = self.url()?;
        if let DatabaseUrl::Sqlite(path) = &url
            && !path.is_file()
        {
            return Err(format!(
                "没有这个数据库：{}。请核对 --database，或先用 kepu plan load、kepu demo 建一个。",
                path.display()
            ));
        }
        open(&url)
    }

    /// Opens it, making a new one where there is none.
    pub fn open_or_create(&self) -> Result<Db, String> {
        let url = self.url()?;
        if let DatabaseUrl::Sqlite(path) = &url
            && let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty())
        {
            std::fs::create_dir_all(folder).map_err(|error| format!("不能建立文件夹 {}：{error}", folder.display()))?;
        }
        open(&url)
    }

    fn url(&self) -> Result<DatabaseUrl, String> {
        self.database.parse().map_err(|error: kepu_db::Error| {
            format!("数据库地址写作 sqlite:路径 或 postgres://用户@主机/库名（{error}）")
        })
    }
}

fn open(url: &DatabaseUrl) -> Result<Db, String> {
    Db::open(url, Options::default(), MIGRATIONS).map_err(|error| match error {
        kepu_db::Error::Newer { found, known } => {
            format!("数据库的结构是第 {found} 版，这个程序只认识到第 {known} 版。请换用新版程序。")
        }
        error => format!("打不开数据库 {url}：{error}"),
    })
}
