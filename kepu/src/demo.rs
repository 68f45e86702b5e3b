//! `kepu demo`: a filled installation from what the binary carries.

use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;
use kepu_app::installation::{self, Demonstration};
use kepu_kit::{Clock, Seed};

use crate::database::Database;
use crate::serve::serve;

const CONTENT: Demonstration<'static> = Demonstration {
    regions: include_bytes!("../../data/regions/tongzhou.csv"),
    units: include_bytes!("../../data/units/tongzhou.csv"),
    plan: include_bytes!("../../plans/tongzhou-restated.txt"),
};

/// `kepu demo`
#[derive(Args)]
pub struct Demo {
    /// 存放数据的文件夹，没有就新建
    #[arg(long, default_value = "demo", value_name = "DIR")]
    data: PathBuf,
    /// 监听的地址和端口
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDR")]
    listen: SocketAddr,
}

impl Demo {
    /// Runs the command.
    pub fn run(self) -> Result<(), String> {
        fs::create_dir_all(&self.data).map_err(|error| format!("不能建立文件夹 {}：{error}", self.data.display()))?;
        let db = Database::sqlite(&self.data.join("kepu.sqlite")).open_or_create()?;
        let clock = Clock::system();
        installation::demonstrate(&db, Seed::system(), clock.now(), &CONTENT)?;
        let app = installation::app(db, clock, None).map_err(|error| error.to_string())?;
        serve(app, self.listen, |address| {
            println!("演示已经启动：http://{address}");
            println!("现在不需要登录；账号以后才有。方案是改写的示范文本，正式文件用 kepu plan load 载入。");
            println!("按 Ctrl+C 停止。");
        })
    }
}
