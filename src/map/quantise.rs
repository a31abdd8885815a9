//! A palette of at most 256 colours: the flat ones as they are, the rest by median cut (Heckbert 1982).

use rustc_hash::FxHashMap;

/// A colour and how many pixels have it.
type Count = ([u8; 3], u32);

/// Most colours of a palette, and how many of them the most frequent colours get unchanged.
const MOST: usize = 256;
const FLAT: usize = 48;

/// The palette, and the entry nearest to each colour.
pub(super) fn palette(counts: &FxHashMap<[u8; 3], u32>) -> (Vec<[u8; 3]>, FxHashMap<[u8; 3], u8>) {
    let mut colours: Vec<Count> = counts.iter().map(|(c, n)| (*c, *n)).collect();
    colours.sort_unstable_by_key(|(c, n)| (std::cmp::Reverse(*n), *c));
    let mut chosen: Vec<[u8; 3]> = if colours.len() <= MOST {
        colours.iter().map(|(c, _)| *c).collect()
    } else {
        let flat = colours[..FLAT].iter().map(|(c, _)| *c);
        flat.chain(median_cut(colours[FLAT..].to_vec(), MOST - FLAT)).collect()
    };
    chosen.sort_unstable_by_key(|c| (luma(*c), *c));
    chosen.dedup();
    let index = colours.iter().map(|(c, _)| (*c, nearest(&chosen, *c))).collect();
    (chosen, index)
}

/// Cuts the box of the widest spread until there are enough; each gives the mean of its colours.
fn median_cut(colours: Vec<Count>, most: usize) -> Vec<[u8; 3]> {
    let mut boxes = vec![Box3::new(colours)];
    while boxes.len() < most {
        let widest =
            (0..boxes.len()).filter(|i| boxes[*i].colours.len() > 1).max_by_key(|i| (boxes[*i].worth, *i));
        let Some(i) = widest else { break };
        let (low, high) = boxes.swap_remove(i).cut();
        boxes.push(low);
        boxes.push(high);
    }
    boxes.iter().map(Box3::mean).collect()
}

/// Colours that will share one entry.
struct Box3 {
    colours: Vec<Count>,
    channel: usize,
    worth: u64,
}

impl Box3 {
    fn new(colours: Vec<Count>) -> Box3 {
        let spread = |ch: usize| {
            let values = || colours.iter().map(|(c, _)| c[ch]);
            u64::from(values().max().unwrap_or(0) - values().min().unwrap_or(0))
        };
        let spreads = [spread(0), spread(1), spread(2)];
        let channel = (0..3).max_by_key(|ch| spreads[*ch]).unwrap_or(0);
        let pixels: u64 = colours.iter().map(|(_, n)| u64::from(*n)).sum();
        // The square root keeps rare colours, such as the edges of text, from being lumped together.
        let worth = spreads[channel] * spreads[channel] * pixels.isqrt();
        Box3 { colours, channel, worth }
    }

    fn cut(mut self) -> (Box3, Box3) {
        let channel = self.channel;
        self.colours.sort_unstable_by_key(|(c, _)| (c[channel], *c));
        let half = self.colours.iter().map(|(_, n)| u64::from(*n)).sum::<u64>() / 2;
        let mut sum = 0;
        let at = self.colours.iter().position(|(_, n)| {
            sum += u64::from(*n);
            sum >= half
        });
        let at = at.map_or(1, |i| i + 1).clamp(1, self.colours.len() - 1);
        let high = self.colours.split_off(at);
        (Box3::new(self.colours), Box3::new(high))
    }

    fn mean(&self) -> [u8; 3] {
        let pixels: u64 = self.colours.iter().map(|(_, n)| u64::from(*n)).sum::<u64>().max(1);
        [0, 1, 2].map(|ch| {
            let sum: u64 = self.colours.iter().map(|(c, n)| u64::from(c[ch]) * u64::from(*n)).sum();
            u8::try_from((sum + pixels / 2) / pixels).unwrap_or(u8::MAX)
        })
    }
}

fn luma(c: [u8; 3]) -> u32 {
    2 * u32::from(c[0]) + 4 * u32::from(c[1]) + u32::from(c[2])
}

/// The entry nearest to a colour.
pub(super) fn nearest(palette: &[[u8; 3]], colour: [u8; 3]) -> u8 {
    let far = |c: &[u8; 3]| -> i32 {
        let d = |ch: usize| i32::from(c[ch]) - i32::from(colour[ch]);
        2 * d(0) * d(0) + 4 * d(1) * d(1) + 3 * d(2) * d(2)
    };
    let best = (0..palette.len()).min_by_key(|i| far(&palette[*i])).unwrap_or(0);
    u8::try_from(best).unwrap_or(u8::MAX)
}
