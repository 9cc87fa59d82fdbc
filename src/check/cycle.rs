//! Circles in directed graphs whose nodes are numbered.

/// A circle, its first node named again at its end; `None` if there is none.
pub(super) fn find_cycle(nodes: usize, next: impl Fn(usize) -> Vec<usize>) -> Option<Vec<usize>> {
    #[derive(Clone, Copy, PartialEq)]
    enum Colour {
        White,
        Grey,
        Black,
    }
    let mut colour = vec![Colour::White; nodes];
    for start in 0..nodes {
        if colour[start] != Colour::White {
            continue;
        }
        colour[start] = Colour::Grey;
        let mut path = vec![(start, next(start))];
        while let Some((node, rest)) = path.last_mut() {
            match rest.pop() {
                Some(to) if to >= nodes => {}
                Some(to) if colour[to] == Colour::White => {
                    colour[to] = Colour::Grey;
                    path.push((to, next(to)));
                }
                Some(to) if colour[to] == Colour::Grey => {
                    let from = path.iter().position(|(node, _)| *node == to).unwrap_or(0);
                    let mut cycle: Vec<usize> =
                        path[from..].iter().map(|(node, _)| *node).collect();
                    cycle.push(to);
                    return Some(cycle);
                }
                Some(_) => {}
                None => {
                    colour[*node] = Colour::Black;
                    path.pop();
                }
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::find_cycle;

    #[test]
    fn finds_a_circle_or_none() {
        let chain = |at: usize| if at < 3 { vec![at + 1] } else { vec![] };
        assert_eq!(find_cycle(4, chain), None);
        let ring = |at: usize| vec![(at + 1) % 3];
        assert_eq!(find_cycle(3, ring), Some(vec![0, 1, 2, 0]));
        assert_eq!(find_cycle(2, |at| vec![at]), Some(vec![0, 0]));
    }
}
