//! Who asks, and what they may do. Denied until granted, in this one place.
//!
//! Every route names the permission that it needs; the router checks it before the handler runs. Accounts and scopes
//! join here later: `Caller` then carries an account with its posts, and `may` also takes a scope.

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caller {
    /// Anyone, not signed in.
    Visitor,
}

/// What a route needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Permission {
    /// Ask whether the server lives and serves.
    Probe,
    /// Choose how pages look for oneself.
    ChooseView,
    /// Read plans: the text, its duties, targets and links.
    ReadPlan,
    /// Have a document read in memory; nothing is stored.
    TryPlan,
    /// Read the register of units.
    ReadUnits,
    /// Read the register of regions.
    ReadRegions,
}

impl Permission {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::Probe,
        Self::ChooseView,
        Self::ReadPlan,
        Self::TryPlan,
        Self::ReadUnits,
        Self::ReadRegions,
    ];
}

/// What a visitor may do. A published plan and the offices that it names are public.
const VISITOR: &[Permission] = &[
    Permission::Probe,
    Permission::ChooseView,
    Permission::ReadPlan,
    Permission::TryPlan,
    Permission::ReadUnits,
    Permission::ReadRegions,
];

/// Whether `caller` may do what `permission` names.
pub fn may(caller: Caller, permission: Permission) -> bool {
    match caller {
        Caller::Visitor => VISITOR.contains(&permission),
    }
}
