//! Clients, in a table that never grows.

use alloc::boxed::Box;

use payseal::{Result, binding};

/// How many clients are kept at a time.
const SLOTS: usize = 64;

/// Clients by the number JavaScript gave them. A new number takes the slot of the oldest.
pub(crate) struct Slots<Client>([Option<(f64, Client)>; SLOTS]);

impl<Client> Slots<Client> {
    pub(crate) const fn new() -> Self {
        Self([const { None }; SLOTS])
    }

    pub(crate) fn put(&mut self, number: f64, client: Client) {
        self.0[slot(number)] = Some((number, client));
    }

    /// The client of that number, unless another has taken its slot since.
    pub(crate) fn get(&self, number: f64) -> Option<&Client> {
        match &self.0[slot(number)] {
            Some((holder, client)) if holder.to_bits() == number.to_bits() => Some(client),
            _ => None,
        }
    }
}

impl Slots<Box<dyn binding::Client>> {
    /// The client of that number, which has to be of one gateway's own type.
    ///
    /// # Errors
    /// `invalid_input` where it is of another gateway.
    pub(crate) fn own<Own: binding::Client>(&self, number: f64) -> Result<Option<&Own>> {
        self.get(number).map(|client| binding::own(client.as_any())).transpose()
    }
}

/// Numbers are handed out one after the other, so that slots are taken in turn.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "numbers are counted up from 1")]
fn slot(number: f64) -> usize {
    number as usize % SLOTS
}

#[cfg(test)]
mod tests {
    use super::{SLOTS, Slots};

    #[test]
    fn the_oldest_gives_way() {
        let mut slots = Slots::new();
        let last = u32::try_from(SLOTS).unwrap() + 1;
        for number in 1..=last {
            slots.put(f64::from(number), number);
        }
        assert_eq!(slots.get(1.0), None);
        assert_eq!(slots.get(2.0), Some(&2));
        assert_eq!(slots.get(f64::from(last)), Some(&last));
    }
}
