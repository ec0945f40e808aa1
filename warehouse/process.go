package warehouse

import (
	"sync"

	"gaung/warehouse/chdb"
)

// processEngine is the one engine this process may have: libchdb keeps its
// state in globals of its own, so that a second directory cannot be opened
// before the first is closed. Everything that opens the same directory shares
// the engine.
var processEngine struct {
	sync.Mutex
	library map[string]*chdb.Library // by path; a library stays loaded
	owner   *owner
	users   int
}

func loadLibrary(path string) (*chdb.Library, error) {
	if lib := processEngine.library[path]; lib != nil {
		return lib, nil
	}
	lib, err := chdb.Load(path)
	if err != nil {
		return nil, err
	}
	if processEngine.library == nil {
		processEngine.library = map[string]*chdb.Library{}
	}
	processEngine.library[path] = lib
	return lib, nil
}
