//! Targets with the baselines that they start from, and the points of their chart. Pure.

use kepu_plan::model::{Target, TargetKind};

use super::edition::Edition;

/// A measure of the plan's success: where things stood, and where they are to go.
#[derive(Clone, Debug, PartialEq)]
pub struct Series<'a> {
    /// What is counted.
    pub metric: String,
    /// The unit of the numbers.
    pub unit: String,
    /// Where things stood, earliest first.
    pub baselines: Vec<&'a Target>,
    /// What is to be reached, earliest first.
    pub goals: Vec<&'a Target>,
}

impl Series<'_> {
    /// The answer to the chart's question, as a sentence.
    pub fn sentence(&self) -> String {
        let goal = self.goals.last();
        let start = self.baselines.last();
        match (start, goal) {
            (Some(start), Some(goal)) => {
                let mut text = format!(
                    "{}：{}年是{}，{}{}{}{}。",
                    self.metric,
                    year(start),
                    value(start),
                    goal.year
                        .map_or_else(|| "以后".to_owned(), |year| format!("到{year}年")),
                    goal.hedge.as_deref().unwrap_or("要"),
                    goal.comparator.as_deref().unwrap_or("达到"),
                    value(goal),
                );
                if let (Some(from), Some(to), "%") = (start.value, goal.value, self.unit.as_str()) {
                    text.push_str(&format!("要提高{}个百分点。", plain(to - from)));
                }
                text
            }
            (None, Some(goal)) => format!(
                "{}：{}{}{}{}。方案没有写起点。",
                self.metric,
                goal.year
                    .map_or_else(|| "没有写年份，".to_owned(), |year| format!("到{year}年")),
                goal.hedge.as_deref().unwrap_or("要"),
                goal.comparator.as_deref().unwrap_or("达到"),
                value(goal),
            ),
            (Some(start), None) => format!("{}：{}年是{}。", self.metric, year(start), value(start)),
            (None, None) => self.metric.clone(),
        }
    }
}

/// The series of a plan, in the order of its goals. A baseline joins the goal that counts the same thing.
pub fn series(edition: &Edition) -> Vec<Series<'_>> {
    let mut all: Vec<Series<'_>> = Vec::new();
    let goals_first = |kind| edition.plan.targets.iter().filter(move |target| target.kind == kind);
    for target in goals_first(TargetKind::Target).chain(goals_first(TargetKind::Baseline)) {
        let metric = target.metric.clone().unwrap_or_else(|| target.text.clone());
        let unit = target.unit.clone().unwrap_or_default();
        let key = metric_key(&metric);
        let at = all
            .iter()
            .position(|one| metric_key(&one.metric) == key && one.unit == unit);
        let at = at.unwrap_or_else(|| {
            all.push(Series {
                metric,
                unit,
                baselines: Vec::new(),
                goals: Vec::new(),
            });
            all.len() - 1
        });
        match target.kind {
            TargetKind::Target => all[at].goals.push(target),
            TargetKind::Baseline => all[at].baselines.push(target),
        }
    }
    for one in &mut all {
        one.goals.sort_by_key(|target| target.year);
        one.baselines.sort_by_key(|target| target.year);
    }
    all
}

/// Whether two phrases count the same thing: 公民具备科学素质的比例 and 公民具备科学素质比例 do.
fn metric_key(metric: &str) -> String {
    metric
        .chars()
        .filter(|c| !c.is_whitespace() && !"的之“”\"".contains(*c))
        .collect()
}

/// A target's number with its unit.
pub fn value(target: &Target) -> String {
    match target.value {
        Some(number) => format!("{}{}", plain(number), target.unit.as_deref().unwrap_or_default()),
        None => "没有写数字".to_owned(),
    }
}

fn year(target: &Target) -> String {
    target.year.map_or_else(|| "？".to_owned(), |year| year.to_string())
}

/// A number without needless digits.
pub fn plain(number: f64) -> String {
    let text = format!("{number:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The box that a chart is drawn in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Its width.
    pub width: f64,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Frame {
    /// For a page with room beside the chart.
    pub const WIDE: Self = Self {
        width: 640.0,
        left: 120.0,
        right: 550.0,
        top: 50.0,
        bottom: 250.0,
    };
    /// For a phone: one unit is about one pixel there, so letters keep their size.
    pub const NARROW: Self = Self {
        width: 340.0,
        left: 114.0,
        right: 288.0,
        top: 60.0,
        bottom: 260.0,
    };
}

/// A drawn series: places in a box of a frame's width and 300 high.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// The width of the box.
    pub width: f64,
    /// Marks of the upright axis: y and what stands beside it.
    pub grid: Vec<(f64, String)>,
    /// Years of the points, under the axis: x and the year.
    pub years: Vec<(f64, i32)>,
    /// The points.
    pub points: Vec<Point>,
    /// The points of the dashed line as SVG writes them.
    pub line: String,
}

/// A point of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
    /// The number with its unit.
    pub label: String,
    /// What it is.
    pub caption: &'static str,
    /// Whether it is a goal.
    pub goal: bool,
}

/// Draws a series that has at least two dated numbers.
pub fn chart(series: &Series<'_>, frame: Frame) -> Option<Chart> {
    let Frame {
        width,
        left,
        right,
        top: upper,
        bottom,
    } = frame;
    let dated: Vec<(&Target, i32, f64)> = series
        .baselines
        .iter()
        .chain(&series.goals)
        .filter_map(|target| Some((*target, target.year?, target.value?)))
        .filter(|(_, year, value)| (1900..=2200).contains(year) && value.is_finite())
        .collect();
    let first = dated.iter().map(|one| one.1).min()?;
    let last = dated.iter().map(|one| one.1).max()?;
    if first == last {
        return None;
    }
    let most = dated.iter().map(|one| one.2).fold(0.0, f64::max);
    let (step, top) = scale(most);
    let x = |year: i32| left + (right - left) * f64::from(year - first) / f64::from(last - first);
    let y = |number: f64| bottom - (bottom - upper) * number / top;
    let points: Vec<Point> = dated
        .iter()
        .map(|(target, year, number)| Point {
            x: x(*year),
            y: y(*number),
            label: value(target),
            caption: match target.kind {
                TargetKind::Baseline => "起点",
                TargetKind::Target => "目标",
            },
            goal: target.kind == TargetKind::Target,
        })
        .collect();
    let line: Vec<String> = points
        .iter()
        .map(|point| format!("{:.1},{:.1}", point.x, point.y))
        .collect();
    let mut grid = Vec::new();
    let mut at = 0.0;
    while at <= top + step / 2.0 {
        grid.push((y(at), format!("{}{}", plain(at), series.unit)));
        at += step;
    }
    let mut years: Vec<(f64, i32)> = dated.iter().map(|one| (x(one.1), one.1)).collect();
    years.dedup_by_key(|one| one.1);
    Some(Chart {
        width,
        grid,
        years,
        points,
        line: line.join(" "),
    })
}

/// A round step and a round top for an axis from zero: at most five lines.
fn scale(most: f64) -> (f64, f64) {
    if most <= 0.0 {
        return (1.0, 1.0);
    }
    let rough = most / 4.0;
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0]
        .into_iter()
        .map(|n| n * power)
        .find(|step| *step >= rough)
        .unwrap_or(power);
    (step, (most / step).ceil() * step)
}
