//! `kepu plan`: plans are loaded, corrected, tied together and closed. The acts are the application's.

use std::path::{Path, PathBuf};
use std::{fs, io};

use clap::{Args, Subcommand, ValueEnum};
use kepu_app::plan::document::{
    self, Corrections, Edition, Head, Level, Loaded, NewPlan, apply, listing, read_corrections, write_corrections,
};
use kepu_app::plan::life;
use kepu_db::Db;
use kepu_kit::{Clock, Ids, Seed};

use crate::compile;
use crate::database::Database;

/// `kepu plan`
#[derive(Args)]
pub struct Plan {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// 读懂一份方案：举措、分工、目标、时限、疑点（不用数据库）
    Compile(compile::Compile),
    /// 打印编译结果 JSON 的格式（JSON Schema）
    Schema(compile::Schema),
    /// 载入一份方案：文本、Word (.docx)、网页
    Load(Load),
    /// 列出各方案的各版
    Editions(Editions),
    /// 让一版生效
    Enforce(Enforce),
    /// 导出订正表 (.xlsx)：单位、举措、目标
    Worksheet(Worksheet),
    /// 按订正表生成新的一版，旧版仍可看
    Correct(Correct),
    /// 登记本区举措对应上级方案的哪一条
    Link(Link),
    /// 登记一条举措在下一份方案里由谁接着做，或不再继续
    Succeed(Succeed),
    /// 结题评估：导出、导入评估表
    Closing(Closing),
}

impl Plan {
    /// Runs the command.
    pub fn run(self) -> Result<(), String> {
        match self.command {
            Command::Compile(command) => command.run(),
            Command::Schema(command) => command.run(),
            Command::Load(command) => command.run(),
            Command::Editions(command) => command.run(),
            Command::Enforce(command) => command.run(),
            Command::Worksheet(command) => command.run(),
            Command::Correct(command) => command.run(),
            Command::Link(command) => command.run(),
            Command::Succeed(command) => command.run(),
            Command::Closing(command) => command.run(),
        }
    }
}

/// The level of a plan.
#[derive(Clone, Copy, ValueEnum)]
enum LevelName {
    /// 区、县
    District,
    /// 省、市
    City,
    /// 国家
    Nation,
}

impl From<LevelName> for Level {
    fn from(name: LevelName) -> Self {
        match name {
            LevelName::District => Self::District,
            LevelName::City => Self::City,
            LevelName::Nation => Self::Nation,
        }
    }
}

#[derive(Args)]
struct Load {
    #[command(flatten)]
    database: Database,
    /// 方案文件
    file: PathBuf,
    /// 哪一级的方案
    #[arg(long, value_enum, default_value = "district")]
    level: LevelName,
    /// 载入后就生效
    #[arg(long)]
    in_force: bool,
    /// 说明为什么有这一版
    #[arg(long, default_value = "", value_name = "TEXT")]
    note: String,
}

impl Load {
    fn run(self) -> Result<(), String> {
        let (source, plan) = read_plan(&self.file)?;
        let warnings = plan.diagnostics.len();
        let measures: usize = plan.sections.iter().map(|section| section.measures.len()).sum();
        let db = self.database.open_or_create()?;
        let in_force = self.in_force;
        let new = NewPlan {
            level: self.level.into(),
            source,
            plan,
            note: self.note,
            in_force: self.in_force,
            basis: None,
        };
        let (now, seed) = (Clock::system().now(), Seed::system());
        match db
            .write_blocking(move |tx| document::load_edition(tx, &Ids::new(now, seed), now, &new))
            .map_err(fault)?
        {
            Loaded::New(head) => {
                println!(
                    "已载入第{}版，{measures}条举措，{warnings}处疑问。版次：{}",
                    head.number, head.id
                );
                if !head.in_force {
                    println!("还没有生效。让它生效：kepu plan enforce {}", head.id);
                }
            }
            Loaded::Same(head) => {
                let state = if in_force { "，这一版已经生效" } else { "" };
                println!(
                    "这份文件和第{}版完全一样，没有重复载入{state}。版次：{}",
                    head.number, head.id
                );
            }
        }
        Ok(())
    }
}

/// Compiles a file and shows what looks wrong in it.
fn read_plan(file: &Path) -> Result<(String, kepu_plan::model::Plan), String> {
    let bytes = read(file)?;
    let compiled = kepu_plan::compile(&bytes).map_err(|reason| format!("{}：{reason}", file.display()))?;
    eprint!(
        "{}",
        kepu_plan::report::render(&compiled, &file.display().to_string(), false)
    );
    Ok((compiled.source.text, compiled.plan))
}

#[derive(Args)]
struct Editions {
    #[command(flatten)]
    database: Database,
}

impl Editions {
    fn run(self) -> Result<(), String> {
        let db = self.database.open()?;
        let (plans, heads) = db
            .read_blocking(|read| Ok((document::list_plans(read)?, document::list_editions(read)?)))
            .map_err(fault)?;
        if plans.is_empty() {
            println!("还没有方案。载入：kepu plan load 文件 --in-force");
        }
        for plan in plans {
            println!("{}  {}", plan.level.label(), plan.title);
            for head in heads.iter().filter(|head| head.plan == plan.id) {
                let state = if head.in_force { "生效" } else { "    " };
                println!("  第{}版  {state}  {}  {}", head.number, head.id, head.note);
            }
        }
        Ok(())
    }
}

#[derive(Args)]
struct Enforce {
    #[command(flatten)]
    database: Database,
    /// 版次
    edition: String,
}

impl Enforce {
    fn run(self) -> Result<(), String> {
        let db = self.database.open()?;
        let head = head(&db, &self.edition)?;
        let number = head.number;
        db.write_blocking(move |tx| document::put_in_force(tx, &head, Clock::system().now()))
            .map_err(fault)?;
        println!("第{number}版已经生效。");
        Ok(())
    }
}

#[derive(Args)]
struct Worksheet {
    #[command(flatten)]
    database: Database,
    /// 版次；不写就是生效的一版
    edition: Option<String>,
    /// 存成哪个文件
    #[arg(short, long, value_name = "FILE.xlsx")]
    output: PathBuf,
}

impl Worksheet {
    fn run(self) -> Result<(), String> {
        let db = self.database.open()?;
        let edition = edition(&db, self.edition.as_deref())?;
        let bytes = write_corrections(&edition.head.id, &listing(&edition.plan)).map_err(|error| error.to_string())?;
        write(&self.output, &bytes)?;
        println!(
            "订正表存在 {}。改好以后：kepu plan correct {} {}",
            self.output.display(),
            edition.head.id,
            self.output.display()
        );
        Ok(())
    }
}

#[derive(Args)]
struct Correct {
    #[command(flatten)]
    database: Database,
    /// 订正哪一版
    edition: String,
    /// 改好的订正表，.xlsx 或 .json
    corrections: PathBuf,
    /// 订正后就生效
    #[arg(long)]
    in_force: bool,
    /// 说明订正了什么
    #[arg(long, default_value = "订正", value_name = "TEXT")]
    note: String,
}

impl Correct {
    fn run(self) -> Result<(), String> {
        let db = self.database.open()?;
        let edition = edition(&db, Some(&self.edition))?;
        let bytes = read(&self.corrections)?;
        let rows: Corrections = if self
            .corrections
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            serde_json::from_slice(&bytes).map_err(|error| format!("{}：{error}", self.corrections.display()))?
        } else {
            read_corrections(&edition.head.id, &bytes).map_err(|problems| refused(&problems))?
        };
        if rows == listing(&edition.plan) {
            println!("订正表和这一版一样，没有改动，也没有新的一版。");
            return Ok(());
        }
        let plan = apply(&edition.plan, &rows)
            .map_err(|problems| refused(&problems.iter().map(document::Problem::line).collect::<Vec<_>>()))?;
        let new = NewPlan {
            level: edition.head.level,
            source: edition.lines.join("\n") + "\n",
            plan,
            note: self.note,
            in_force: self.in_force,
            basis: Some(edition.head),
        };
        let (now, seed) = (Clock::system().now(), Seed::system());
        match db
            .write_blocking(move |tx| document::load_edition(tx, &Ids::new(now, seed), now, &new))
            .map_err(fault)?
        {
            Loaded::New(head) => println!("订正生成第{}版。版次：{}", head.number, head.id),
            Loaded::Same(head) => println!("订正表没有改动任何内容，仍是第{}版。", head.number),
        }
        Ok(())
    }
}

#[derive(Args)]
struct Link {
    #[command(flatten)]
    database: Database,
    /// 本区举措的编号，例如 3.1-2
    code: String,
    /// 上级方案的版次
    edition: String,
    /// 上级举措的编号
    answers_to: String,
    /// 说明
    #[arg(long, default_value = "", value_name = "TEXT")]
    note: String,
}

impl Link {
    fn run(self) -> Result<(), String> {
        let db = self.database.open()?;
        let lower = edition(&db, None)?;
        let higher = edition(&db, Some(&self.edition))?;
        let now = Clock::system().now();
        let done = format!("已登记：{} 对应 {}", self.code, self.answers_to);
        db.write_blocking(move |tx| life::link(tx, now, (&lower, &self.code), (&higher, &self.answers_to), &self.note))
            .map_err(fault)?
            .map_err(|refused| refused.0)?;
        println!("{done}");
        Ok(())
    }
}

#[derive(Args)]
struct Succeed {
    #[command(flatten)]
    database: Database,
    /// 旧方案里举措的编号
    code: String,
    /// 新方案里接着做的举措编号，可以几个
    #[arg(required_unless_present = "ended")]
    successors: Vec<String>,
    /// 旧方案的版次；不写就是生效的一版
    #[arg(long, value_name = "EDITION")]
    from: Option<String>,
    /// 新方案的版次
    #[arg(long, value_name = "EDITION", required_unless_present = "ended")]
    to: Option<String>,
    /// 不再继续的原因
    #[arg(long, value_name = "REASON", conflicts_with_all = ["successors", "to"])]
    ended: Option<String>,
}

impl Succeed {
    fn run(self) -> Result<(), String> {
        let db = self.database.open()?;
        let old = edition(&db, self.from.as_deref())?;
        let new = self.to.as_deref().map(|id| edition(&db, Some(id))).transpose()?;
        let now = Clock::system().now();
        let reason = self.ended.unwrap_or_default();
        let done = format!("已登记 {} 的去向。", self.code);
        db.write_blocking(move |tx| {
            let target = new.as_ref().map(|new| (new, self.successors.as_slice()));
            life::succeed(tx, now, (&old, &self.code), target, &reason)
        })
        .map_err(fault)?
        .map_err(|refused| refused.0)?;
        println!("{done}");
        Ok(())
    }
}

#[derive(Args)]
struct Closing {
    #[command(subcommand)]
    command: ClosingCommand,
}

#[derive(Subcommand)]
enum ClosingCommand {
    /// 导出评估表
    Export(Worksheet),
    /// 导入填好的评估表，全部正确才写入
    Import(Import),
}

#[derive(Args)]
struct Import {
    #[command(flatten)]
    database: Database,
    /// 填好的评估表
    file: PathBuf,
    /// 评估哪一版；不写就是生效的一版
    #[arg(long, value_name = "EDITION")]
    edition: Option<String>,
    /// 下一份方案的版次；表里写了后续编号时要有
    #[arg(long, value_name = "EDITION")]
    next: Option<String>,
}

impl Closing {
    fn run(self) -> Result<(), String> {
        match self.command {
            ClosingCommand::Export(command) => {
                let db = command.database.open()?;
                let edition = edition(&db, command.edition.as_deref())?;
                let plan = edition.head.plan.clone();
                let (closing, successors) = db
                    .read_blocking(move |read| {
                        Ok((life::closing_of(read, &plan)?, life::list_successors(read, &plan)?))
                    })
                    .map_err(fault)?;
                let bytes = life::write_closing(&edition, &closing, &successors).map_err(|error| error.to_string())?;
                write(&command.output, &bytes)?;
                println!(
                    "评估表存在 {}。填好以后：kepu plan closing import {}",
                    command.output.display(),
                    command.output.display()
                );
                Ok(())
            }
            ClosingCommand::Import(command) => command.run(),
        }
    }
}

impl Import {
    fn run(self) -> Result<(), String> {
        let db = self.database.open()?;
        let edition = edition(&db, self.edition.as_deref())?;
        let next = self
            .next
            .as_deref()
            .map(|id| self::edition(&db, Some(id)))
            .transpose()?;
        let filled = life::read_closing(&edition, &read(&self.file)?).map_err(|problems| refused(&problems))?;
        let now = Clock::system().now();
        let done = format!(
            "已写入：{}条举措、{}个目标的评估，{}条去向。",
            filled.closing.measures.len(),
            filled.closing.targets.len(),
            filled.mappings.len()
        );
        let cleared = db
            .write_blocking(move |tx| life::import(tx, now, &edition, next.as_ref(), &filled))
            .map_err(fault)?
            .map_err(|refused| refused.0)?;
        println!("{done}");
        if cleared > 0 {
            println!("表里空着、原来有内容的 {cleared} 处已收回。");
        }
        Ok(())
    }
}

/// The edition with this id, or with this number among those of the district's plan that holds.
fn head(db: &Db, id: &str) -> Result<Head, String> {
    if let Ok(number) = id.parse::<i64>() {
        let heads = db.read_blocking(document::list_editions).map_err(fault)?;
        let plan = heads
            .iter()
            .find(|head| head.in_force && head.level == Level::District)
            .map(|head| head.plan.clone());
        return heads
            .into_iter()
            .find(|head| head.number == number && plan.as_ref().is_none_or(|plan| head.plan == *plan))
            .ok_or_else(|| {
                format!("生效的方案没有第 {number} 版。用 kepu plan editions 看有哪些；别的方案请写完整的版次。")
            });
    }
    let wanted = id.to_owned();
    db.read_blocking(move |read| document::find_edition(read, &wanted))
        .map_err(fault)?
        .ok_or_else(|| format!("没有版次 {id}。用 kepu plan editions 看有哪些。"))
}

/// The edition with this id, or the one of the district that holds.
fn edition(db: &Db, id: Option<&str>) -> Result<Edition, String> {
    let id = match id {
        Some(id) => id.to_owned(),
        None => db
            .read_blocking(document::find_in_force)
            .map_err(fault)?
            .ok_or("还没有生效的方案。载入：kepu plan load 文件 --in-force")?,
    };
    let head = head(db, &id)?;
    db.read_blocking(move |read| document::read_edition(read, head))
        .map_err(fault)
}

fn read(file: &Path) -> Result<Vec<u8>, String> {
    let found = if file == Path::new("-") {
        let mut bytes = Vec::new();
        io::Read::read_to_end(&mut io::stdin(), &mut bytes).map(|_| bytes)
    } else {
        fs::read(file)
    };
    found.map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => format!("没有这个文件：{}", file.display()),
        io::ErrorKind::PermissionDenied => format!("没有权限读这个文件：{}", file.display()),
        _ => format!("不能读 {}：{error}", file.display()),
    })
}

fn write(file: &Path, bytes: &[u8]) -> Result<(), String> {
    fs::write(file, bytes).map_err(|error| format!("不能写 {}：{error}", file.display()))
}

fn refused(problems: &[String]) -> String {
    format!(
        "没有写入，请改好下面{}处再来一次：\n{}",
        problems.len(),
        problems.join("\n")
    )
}

#[expect(clippy::needless_pass_by_value, reason = "it is handed to map_err")]
fn fault(error: kepu_db::Error) -> String {
    format!("数据库：{error}")
}
