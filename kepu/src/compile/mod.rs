//! `kepu plan compile`: an official plan to a table, JSON or a workbook. Needs no database.

mod table;
mod workbook;

use std::fs;
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use kepu_plan::Compiled;

/// `kepu plan compile`
#[derive(Args)]
#[command(after_help = "\
例：
  kepu plan compile 实施方案.docx
  kepu plan compile 实施方案.txt --format json > plan.json
  kepu plan compile 实施方案.html --format xlsx -o 分工表.xlsx
  cat 实施方案.txt | kepu plan compile -

能读 UTF-8、UTF-16、GB 18030 文本，.docx，存下来的网页。看出的疑点写到标准错误，不影响结果；
退出码 0 表示读出了方案（可以有疑点），1 表示文件里没有方案，并说明原因。")]
pub struct Compile {
    /// 方案文件；- 表示从标准输入读
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// 输出成什么
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// 写到这个文件，不写到标准输出
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// 不显示疑点
    #[arg(long, short)]
    quiet: bool,
}

/// Forms of the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// 在终端里看的表
    Table,
    /// JSON，格式见 docs/plan.schema.json
    Json,
    /// Excel 工作簿：举措与分工、责任矩阵、目标、时限、疑点
    Xlsx,
}

/// `kepu plan schema`
#[derive(Args)]
pub struct Schema {}

impl Schema {
    /// Prints the JSON Schema of a compiled plan.
    pub fn run(self) -> Result<(), String> {
        put(None, kepu_plan::schema().as_bytes())
    }
}

impl Compile {
    /// Runs the command.
    pub fn run(self) -> Result<(), String> {
        let (name, bytes) = input(&self.file)?;
        let compiled = kepu_plan::compile(&bytes).map_err(|reason| format!("{name}：{reason}"))?;
        if !self.quiet {
            let color = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
            eprint!("{}", kepu_plan::report::render(&compiled, &name, color));
        }
        let out = match self.format {
            Format::Table => table::render(&compiled.plan).into_bytes(),
            Format::Json => json(&compiled)?,
            Format::Xlsx if self.output.is_none() && io::stdout().is_terminal() => {
                return Err("工作簿不能显示在终端里：请加 -o 文件名.xlsx".to_owned());
            }
            Format::Xlsx => workbook::render(&compiled).map_err(|error| format!("工作簿没有写成：{error}"))?,
        };
        put(self.output.as_deref(), &out)
    }
}

fn json(compiled: &Compiled) -> Result<Vec<u8>, String> {
    let mut out = serde_json::to_vec_pretty(&compiled.plan).map_err(|error| error.to_string())?;
    out.push(b'\n');
    Ok(out)
}

/// The bytes of a file or of standard input, and the name to show.
fn input(file: &Path) -> Result<(String, Vec<u8>), String> {
    if file.as_os_str() == "-" {
        let mut bytes = Vec::new();
        let limit = kepu_plan::source::MAX_BYTES as u64 + 1;
        io::stdin()
            .take(limit)
            .read_to_end(&mut bytes)
            .map_err(|error| format!("读不了标准输入：{error}"))?;
        return Ok(("标准输入".to_owned(), bytes));
    }
    let name = file.display().to_string();
    let bytes = fs::read(file).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => format!("没有这个文件：{name}"),
        io::ErrorKind::PermissionDenied => format!("没有权限读这个文件：{name}"),
        _ => format!("读不了 {name}：{error}"),
    })?;
    Ok((name, bytes))
}

fn put(file: Option<&Path>, bytes: &[u8]) -> Result<(), String> {
    match file {
        Some(file) => fs::write(file, bytes).map_err(|error| format!("写不了 {}：{error}", file.display())),
        None => match io::stdout().write_all(bytes).and_then(|()| io::stdout().flush()) {
            // Whoever reads us (head, less) has seen enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            other => other.map_err(|error| format!("写不到标准输出：{error}")),
        },
    }
}
