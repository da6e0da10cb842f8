//! Clients, in a table that never grows.

use payseal::{Result, binding};

/// How many clients are kept at a time.
const PLACES: usize = 64;

/// Clients by the number JavaScript gave them. A new number takes the place of the oldest.
pub(crate) struct ClientCache<Client>([Option<(f64, Client)>; PLACES]);

impl<Client> ClientCache<Client> {
    pub(crate) const fn new() -> Self {
        Self([const { None }; PLACES])
    }

    pub(crate) fn put(&mut self, number: f64, client: Client) {
        self.0[place(number)] = Some((number, client));
    }

    /// The client of that number, unless it was evicted.
    pub(crate) fn get(&self, number: f64) -> Option<&Client> {
        match &self.0[place(number)] {
            Some((holder, client)) if holder.to_bits() == number.to_bits() => Some(client),
            _ => None,
        }
    }
}

impl ClientCache<Box<dyn binding::Client>> {
    /// The client of that number, which has to be of one gateway's own type.
    ///
    /// # Errors
    /// `invalid_input` where it is of another gateway.
    pub(crate) fn own<Own: binding::Client>(&self, number: f64) -> Result<Option<&Own>> {
        self.get(number).map(|client| binding::own(client.as_any())).transpose()
    }
}

/// Numbers are handed out one after the other, so that places are taken in turn.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "numbers are counted up from 1")]
fn place(number: f64) -> usize {
    number as usize % PLACES
}

#[cfg(test)]
mod tests {
    use super::{ClientCache, PLACES};

    #[test]
    fn the_oldest_gives_way() {
        let mut slots = ClientCache::new();
        let last = u32::try_from(PLACES).unwrap() + 1;
        for number in 1..=last {
            slots.put(f64::from(number), number);
        }
        assert_eq!(slots.get(1.0), None);
        assert_eq!(slots.get(2.0), Some(&2));
        assert_eq!(slots.get(f64::from(last)), Some(&last));
    }
}
