package warehouse_test

import (
	"testing"

	"gaung/warehouse/warehousetest"
)

// TestSessionsWithoutTopKFilter: see newSession. Every session must have it
// off, so statements are asked side by side.
func TestSessionsWithoutTopKFilter(t *testing.T) {
	w := warehousetest.Empty(t)
	answers := make(chan bool, 6)
	for range cap(answers) {
		go func() {
			on := true
			const ask = "SELECT getSetting('use_top_k_dynamic_filtering') FROM system.one WHERE sleep(0.1) = 0"
			if err := w.Conn().QueryRow(t.Context(), ask).Scan(&on); err != nil {
				t.Error(err)
			}
			answers <- on
		}()
	}
	for range cap(answers) {
		if <-answers {
			t.Error("a session has the dynamic filter on")
		}
	}
}
