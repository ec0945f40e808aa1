package stats

import "math"

// A drawer draws values of a distribution, turned by sign: offset + scale ·
// a step of the ladder, at most limit. Without a ladder it samples.
type drawer struct {
	dist                 Distribution
	ladder               *ladder
	shape                float64 // of the gamma ladder it goes by, else 0
	offset, scale, limit float32
	sign                 float32
}

func newDrawer(dist Distribution, sign float32) drawer {
	d := drawer{dist: dist, limit: float32(math.Inf(1)), sign: sign}
	if c, ok := dist.(Capped); ok {
		dist, d.limit = c.Distribution, float32(c.Cap)
	}
	switch dist := dist.(type) {
	case Normal:
		d.ladder, d.offset, d.scale = normalLadder, float32(dist.Mean), float32(dist.SD)
	case Gamma:
		// Below 1 the density has no top and its root is no longer nearly normal.
		if dist.Shape >= 1 {
			d.shape, d.scale = dist.Shape, float32(1/dist.Rate)
		}
	}
	return d
}

// drawers makes the drawers of some distributions. Gamma distributions of one
// shape share a ladder.
func drawers(dists []Distribution, sign float32) []drawer {
	out := make([]drawer, len(dists))
	number := map[float64]int{}
	var shapes []float64
	for i, dist := range dists {
		out[i] = newDrawer(dist, sign)
		if shape := out[i].shape; shape > 0 {
			if _, known := number[shape]; !known {
				number[shape] = len(shapes)
				shapes = append(shapes, shape)
			}
		}
	}
	made := make([]*ladder, len(shapes))
	share(len(shapes), func(from, to int) {
		for i := from; i < to; i++ {
			made[i] = gammaLadder(shapes[i])
		}
	})
	for i := range out {
		if out[i].shape > 0 {
			out[i].ladder = made[number[out[i].shape]]
		}
	}
	return out
}

// draw fills in values, and tells bounds that none of them lies beyond.
func (d *drawer) draw(values []float32, src *Source) (low, high float32) {
	if d.ladder == nil {
		for s := range values {
			values[s] = d.sign * float32(d.dist.Sample(src))
		}
		return bounds(values)
	}
	offset, scale := d.sign*d.offset, d.sign*d.scale
	for from := 0; from < len(values); from += wordLevels {
		word := src.Uint64()
		part := values[from:min(from+wordLevels, len(values))]
		for i := range part {
			// The conversion keeps processors that can from multiplying and adding
			// at once, which rounds otherwise.
			part[i] = offset + float32(scale*d.ladder[word&(levels-1)])
			word >>= levelBits
		}
	}
	d.cut(values)
	ends := [...]float32{d.at(0), d.at(levels - 1)}
	return bounds(ends[:])
}

// cut puts values beyond the limit on it.
func (d *drawer) cut(values []float32) {
	if math.IsInf(float64(d.limit), 1) {
		return
	}
	limit := d.sign * d.limit
	if d.sign > 0 {
		for i, v := range values {
			values[i] = min(v, limit)
		}
		return
	}
	for i, v := range values {
		values[i] = max(v, limit)
	}
}

// at is the value of a step.
func (d *drawer) at(step int) float32 {
	return d.sign * min(d.offset+float32(d.scale*d.ladder[step]), d.limit)
}

func bounds(values []float32) (low, high float32) {
	low, high = float32(math.Inf(1)), float32(math.Inf(-1))
	for _, v := range values {
		if v < low {
			low = v
		}
		if v > high {
			high = v
		}
	}
	return low, high
}
