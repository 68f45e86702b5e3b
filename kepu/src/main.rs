//! The kepu command: what it is told is turned into acts of the application.

mod compile;
mod database;
mod demo;
mod plan;
mod roster;
mod serve;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// 落实全民科学素质行动规划纲要实施方案
#[derive(Parser)]
#[command(name = "kepu", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// 演示：用自带的方案、区划和单位启动
    Demo(demo::Demo),
    /// 启动服务
    Serve(serve::Serve),
    /// 方案：编译、载入、订正、对应、结题
    Plan(plan::Plan),
    /// 区划：载入
    #[command(subcommand)]
    Regions(roster::Regions),
    /// 单位：载入成员单位名册
    #[command(subcommand)]
    Units(roster::Units),
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Demo(demo) => demo.run(),
        Command::Serve(serve) => serve.run(),
        Command::Plan(plan) => plan.run(),
        Command::Regions(regions) => regions.run(),
        Command::Units(units) => units.run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}
