//! The kepu command.

mod compile;

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
    /// 方案：编译
    #[command(subcommand)]
    Plan(Plan),
}

#[derive(Subcommand)]
enum Plan {
    /// 读懂一份方案：举措、分工、目标、时限、疑点
    Compile(compile::Compile),
    /// 打印编译结果 JSON 的格式（JSON Schema）
    Schema(compile::Schema),
}

fn main() -> ExitCode {
    let Command::Plan(plan) = Cli::parse().command;
    let done = match plan {
        Plan::Compile(command) => command.run(),
        Plan::Schema(command) => command.run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}
