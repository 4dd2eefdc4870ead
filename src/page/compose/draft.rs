//! The classes of an article's blocks while it is put together.

use crate::page::line_class::{DropReason, LineClass};
use crate::page::segment::Stretch;

/// The classes of the blocks of one article while it is put together.
pub(super) struct Draft {
    first: usize,
    classes: Vec<LineClass>,
    reasons: Vec<Option<DropReason>>,
}

impl Draft {
    /// Every block a paragraph of the body.
    pub(super) fn of(stretch: Stretch) -> Draft {
        let count = stretch.last + 1 - stretch.first;
        Draft {
            first: stretch.first,
            classes: vec![LineClass::Paragraph; count],
            reasons: vec![None; count],
        }
    }

    pub(super) fn into_classes(self) -> Vec<LineClass> {
        self.classes
    }

    /// Why a block is not in the body.
    pub(super) fn reason(&self, index: usize) -> Option<DropReason> {
        index.checked_sub(self.first).and_then(|at| self.reasons.get(at)).copied().flatten()
    }

    pub(super) fn class(&self, index: usize) -> Option<LineClass> {
        self.classes.get(index.checked_sub(self.first)?).copied()
    }

    pub(super) fn set(&mut self, index: usize, class: LineClass, reason: Option<DropReason>) {
        if let Some(at) = index.checked_sub(self.first)
            && let (Some(a), Some(b)) = (self.classes.get_mut(at), self.reasons.get_mut(at))
        {
            *a = class;
            *b = reason;
        }
    }

    pub(super) fn drop(&mut self, index: usize, class: LineClass, reason: DropReason) {
        self.set(index, class, Some(reason));
    }

    pub(super) fn in_body(&self, index: usize) -> bool {
        index
            .checked_sub(self.first)
            .and_then(|at| self.reasons.get(at))
            .is_some_and(Option::is_none)
    }
}
