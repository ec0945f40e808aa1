package story

// sets is a union-find structure with path halving and union by size
// (R. E. Tarjan and J. van Leeuwen, J. ACM 31(2), 1984).
type sets struct {
	parent []int32
	size   []int32
	count  int
}

func newSets(n int) *sets {
	s := &sets{parent: make([]int32, n), size: make([]int32, n), count: n}
	for i := range s.parent {
		s.parent[i] = int32(i)
		s.size[i] = 1
	}
	return s
}

// find returns the member that stands for the set.
func (s *sets) find(i int) int {
	at := int32(i)
	for s.parent[at] != at {
		s.parent[at] = s.parent[s.parent[at]]
		at = s.parent[at]
	}
	return int(at)
}

// join unites two sets and returns the member that stands for the union.
func (s *sets) join(i, j int) int {
	a, b := s.find(i), s.find(j)
	if a == b {
		return a
	}
	if s.size[a] < s.size[b] {
		a, b = b, a
	}
	s.parent[b] = int32(a)
	s.size[a] += s.size[b]
	s.count--
	return a
}

// add joins what the other sets, of as many members, have joined.
func (s *sets) add(other *sets) {
	for i, parent := range other.parent {
		if int(parent) != i {
			s.join(i, int(parent))
		}
	}
}
