package warehouse

import (
	"bytes"
	"fmt"

	chproto "github.com/ClickHouse/ch-go/proto"
	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/column"
	"github.com/ClickHouse/clickhouse-go/v2/lib/proto"
)

// helloQuery is the first query of every HTTP connection of clickhouse-go.
const helloQuery = "SELECT displayName(), version(), revision(), timezone()"

// helloAnswer answers [helloQuery]. The driver decodes this one block at its
// own protocol revision; the revision 0 in it makes the driver read everything
// after it as plain Native, which is what libchdb writes.
func helloAnswer(version string) ([]byte, error) {
	block := proto.NewBlock()
	for _, c := range []struct {
		name string
		kind column.Type
	}{
		{"displayName()", "String"}, {"version()", "String"}, {"revision()", "UInt32"}, {"timezone()", "String"},
	} {
		if err := block.AddColumn(c.name, c.kind); err != nil {
			return nil, fmt.Errorf("warehouse: hello block: %w", err)
		}
	}
	if err := block.Append("chdb", version, uint32(0), "UTC"); err != nil {
		return nil, fmt.Errorf("warehouse: hello block: %w", err)
	}
	var buffer chproto.Buffer
	if err := block.Encode(&buffer, clickhouse.ClientTCPProtocolVersion); err != nil {
		return nil, fmt.Errorf("warehouse: encode hello block: %w", err)
	}
	return bytes.Clone(buffer.Buf), nil
}
