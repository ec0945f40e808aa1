package ingest

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"gaung/warehouse/region"
)

const (
	maxUnknownKept   = 2000 // names remembered during a run
	maxUnknownListed = 5    // names a result mentions
)

// unknownOPD collects the OPD names of an import by region, to say at once
// which of them nobody knows yet and which are those of several. The rows count all the same: they are
// listed as unmatched until an alias says what they mean.
type unknownOPD map[region.Region]map[string]int

func (u *unknownOPD) add(reg region.Region, name string) {
	if name == "" {
		return
	}
	if *u == nil {
		*u = unknownOPD{}
	}
	names := (*u)[reg]
	if names == nil {
		names = map[string]int{}
		(*u)[reg] = names
	}
	if _, ok := names[name]; ok || len(names) < maxUnknownKept {
		names[name]++
	}
}

// warn appends an Indonesian line for the most frequent unknown names.
func (u unknownOPD) warn(ctx context.Context, in *Ingester, lines []string) ([]string, error) {
	byCode := func(a, b region.Region) int { return cmp.Compare(a.Code, b.Code) }
	for _, reg := range slices.SortedFunc(maps.Keys(u), byCode) {
		seen := u[reg]
		names, err := in.names(ctx, reg)
		if err != nil {
			return nil, err
		}
		var unknown, shared []string
		for _, name := range slices.Sorted(maps.Keys(seen)) {
			switch {
			case !names.opd.knows(name):
				unknown = append(unknown, name)
			case len(names.opd.shared(name)) > 0:
				shared = append(shared, name)
			}
		}
		often := func(a, b string) int { return cmp.Compare(seen[b], seen[a]) }
		slices.SortStableFunc(unknown, often)
		slices.SortStableFunc(shared, often)
		for i, name := range shared {
			if i == maxUnknownListed {
				lines = append(lines, fmt.Sprintf("… dan %d nama OPD lain yang berarti lebih dari satu OPD", len(shared)-i))
				break
			}
			lines = append(lines, fmt.Sprintf("OPD %q berarti lebih dari satu OPD (%s; %d baris) dan tidak dihitung untuk satu pun; tulis kodenya, atau putuskan dengan gaung alias accept",
				name, strings.Join(names.opd.shared(name), ", "), seen[name]))
		}
		for i, name := range unknown {
			if i == maxUnknownListed {
				lines = append(lines, fmt.Sprintf("… dan %d nama OPD lain yang belum dikenal", len(unknown)-i))
				break
			}
			line := fmt.Sprintf("OPD %q belum dikenal (%d baris); tambahkan sebagai alias lewat import opd", name, seen[name])
			if near := names.opd.listed.Suggest(name); len(near) > 0 {
				line += fmt.Sprintf(", mungkin %s (%s)", near[0].Text, near[0].Target)
			}
			lines = append(lines, line)
		}
	}
	return lines, nil
}
