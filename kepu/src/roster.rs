//! `kepu regions load` and `kepu units load`: the district's own lists, as CSV that Excel saves.

use std::fs;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use kepu_app::people::{regions, units};
use kepu_kit::{Clock, Ids, Seed};

use crate::database::Database;

/// `kepu regions`
#[derive(Subcommand)]
pub enum Regions {
    /// 载入区划表：同代码的改写，新代码的加上，不删除
    #[command(
        after_help = "列名见 data/regions/tongzhou.csv 的第一行；Excel 另存为 CSV 即可，UTF-8 和 GB 18030 都能读。"
    )]
    Load(Load),
}

/// `kepu units`
#[derive(Subcommand)]
pub enum Units {
    /// 载入成员单位名册：同代码的改写，新代码的加上，不删除
    #[command(
        after_help = "列名见 data/units/tongzhou.csv 的第一行；Excel 另存为 CSV 即可，UTF-8 和 GB 18030 都能读。\n\
                            别名和成员用 | 分开。有错时整份不写入，并指出行号。"
    )]
    Load(Load),
}

/// The file and where it goes.
#[derive(Args)]
pub struct Load {
    #[command(flatten)]
    database: Database,
    /// CSV 文件
    file: PathBuf,
}

impl Load {
    fn text(&self) -> Result<Vec<u8>, String> {
        let name = self.file.display();
        let bytes = fs::read(&self.file).map_err(|error| format!("不能读 {name}：{error}"))?;
        let source = kepu_plan::Source::decode(&bytes).map_err(|reason| format!("{name}：{reason}"))?;
        Ok(source.text.trim_start_matches('\u{FEFF}').as_bytes().to_vec())
    }
}

impl Regions {
    /// Runs the command.
    pub fn run(self) -> Result<(), String> {
        let Self::Load(load) = self;
        let listed = regions::read_csv(&load.text()?).map_err(|reason| format!("{}：{reason}", load.file.display()))?;
        let count = load
            .database
            .open_or_create()?
            .write_blocking(move |tx| regions::load(tx, &listed))
            .map_err(|error: kepu_db::Error| error.to_string())?;
        println!("已载入 {count} 个区划。");
        Ok(())
    }
}

impl Units {
    /// Runs the command.
    pub fn run(self) -> Result<(), String> {
        let Self::Load(load) = self;
        let listed = units::read_csv(&load.text()?).map_err(|reason| format!("{}：{reason}", load.file.display()))?;
        let (now, seed) = (Clock::system().now(), Seed::system());
        let count = load
            .database
            .open_or_create()?
            .write_blocking(move |tx| units::load(tx, &Ids::new(now, seed), now, &listed))
            .map_err(|error: kepu_db::Error| error.to_string())?;
        println!("已载入 {count} 个单位。");
        Ok(())
    }
}
