package ingest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"gaung/ingest"
)

// samples holds, for every kind, a file of two rows, the same file with one
// row changed, and the current facts after the change.
var samples = map[string]struct {
	table, columns string
	first, changed string
	want           []string
}{
	"opd": {
		table: "opd", columns: "code, name, short_name, arrayStringConcat(aliases, '+'), toString(target_per_week), toString(has_source), toString(valid_from), toString(valid_to)",
		first:   "code,name,region,short_name,aliases,peer_group,target_per_week,has_source,valid_from,valid_to\n1.02,Dinas Kesehatan,,Dinkes,Dinkes Contoh|DKK,dinas,3,ya,2020-01-01,9999-12-31\n4.01,Sekretariat Daerah,99.01,Setda,,,,tidak,,\n",
		changed: "code,name,region,short_name,aliases,peer_group,target_per_week,has_source,valid_from,valid_to\n1.02,Dinas Kesehatan,,Dinkes,Dinkes Contoh|DKK,dinas,\"2,5\",ya,2020-01-01,9999-12-31\n4.01,Sekretariat Daerah,99.01,Setda,,,,tidak,,\n",
		want: []string{
			"1.02|Dinas Kesehatan|Dinkes|Dinkes Contoh+DKK|2.5|true|2020-01-01|",
			"4.01|Sekretariat Daerah|Setda|||false||",
		},
	},
	"people": {
		table: "people", columns: "person_id, name, person_group, jenjang, opd_raw, arrayStringConcat(aliases, '+')",
		first:   "person_id,name,group,jenjang,opd,aliases\n198001012005011001,\"Rina Sari, S.Kom.\",Pranata Humas,Ahli Muda,Diskominfo,Rina S.|R. Sari\np2,Budi,RTIK,,,\n",
		changed: "person_id,name,group,jenjang,opd,aliases\n198001012005011001,\"Rina Sari, S.Kom.\",Pranata Humas,Ahli Madya,Diskominfo,Rina S.|R. Sari\np2,Budi,RTIK,,,\n",
		want:    []string{"198001012005011001|Rina Sari, S.Kom.|pranata humas|Ahli Madya|Diskominfo|Rina S.+R. Sari", "p2|Budi|relawan TIK|||"},
	},
	"articles": {
		table: "articles", columns: "url, title, toString(published_at), channel, opd_raw, sumber_raw, arrayStringConcat(authors_raw, '+'), toString(event_date), place",
		first:   "url,title,published_at,opd,author,channel,body,event_date,place\nhttp://www.dinkes.contoh.go.id/a/?utm_source=x,Judul A,2026-10-01 09:00,Dinkes,,,\"Isi berita.\nSumber: Dinas Sosial\nPenulis: Huzari\",2026-09-30,Mentok\nhttps://www.instagram.com/p/abc/,Judul B,3 Oktober 2026,Dinkes,Rina Sari,,Isi,,\n",
		changed: "url,title,published_at,opd,author,channel,body,event_date,place\nhttps://dinkes.contoh.go.id/a,Judul A baru,2026-10-01 09:00,Dinkes,,,\"Isi berita.\nSumber: Dinas Sosial\nPenulis: Huzari\",2026-09-30,Mentok\nhttps://www.instagram.com/p/abc/,Judul B,3 Oktober 2026,Dinkes,Rina Sari,,Isi,,\n",
		want: []string{
			"https://dinkes.contoh.go.id/a|Judul A baru|2026-10-01 02:00:00.000|website|Dinkes|Dinas Sosial|Huzari|2026-09-30|Mentok",
			"https://instagram.com/p/abc|Judul B|2026-10-02 17:00:00.000|instagram|Dinkes||Rina Sari||",
		},
	},
	"ppid": {
		table: "ppid", columns: "registration_no, opd_raw, toString(received_at), toString(notified_at), toString(delivered_at), toString(withdrawn_at), status, toString(extended), toString(refused), refusal_reason, officer_raw",
		first:   "registration_no,received_at,opd,completed_at,category,topic,channel,status,extended,notified_at,delivered_at,decision,refusal_reason,withdrawn_at,officer\n001/PPID/2026,5/1/2026,Dinkes,,,DPA 2025,email,Selesai,tidak,,,,,,Rina\n002/PPID/2026,2026-01-06T23:30:00+07:00,Dinkes,,,,,,V,12-1-2026,14-1-2026,Ditolak,Dikecualikan Pasal 17,,\n",
		changed: "registration_no,received_at,opd,completed_at,category,topic,channel,status,extended,notified_at,delivered_at,decision,refusal_reason,withdrawn_at,officer\n001/PPID/2026,5/1/2026,Dinkes,,,DPA 2025,email,Selesai,tidak,\"Rabu, 14 Januari 2026\",,Dikabulkan seluruhnya,-,,Rina\n002/PPID/2026,2026-01-06T23:30:00+07:00,Dinkes,,,,,,V,12-1-2026,14-1-2026,Ditolak,Dikecualikan Pasal 17,,\n",
		want: []string{
			"001/PPID/2026|Dinkes|2026-01-04 17:00:00.000|2026-01-13 17:00:00.000|||diberikan_seluruhnya|false|false||Rina",
			"002/PPID/2026|Dinkes|2026-01-06 16:30:00.000|2026-01-11 17:00:00.000|2026-01-13 17:00:00.000||ditolak_dikecualikan|true|true|Dikecualikan Pasal 17|",
		},
	},
	"objections": {
		table: "objections", columns: "objection_no, registration_no, toString(received_at), toString(answered_at), reason, decision",
		first:   "objection_no,registration_no,received_at,reason,answered_at,decision\nK1,001/PPID/2026,2026-02-02,tidak ditanggapi,,\nK2,002/PPID/2026,2026-02-03,,,\n",
		changed: "objection_no,registration_no,received_at,reason,answered_at,decision\nK1,001/PPID/2026,2026-02-02,tidak ditanggapi,2026-02-20,dikabulkan\nK2,002/PPID/2026,2026-02-03,,,\n",
		want: []string{
			"K1|001/PPID/2026|2026-02-01 17:00:00.000|2026-02-19 17:00:00.000|tidak ditanggapi|dikabulkan",
			"K2|002/PPID/2026|2026-02-02 17:00:00.000|||",
		},
	},
	"complaints": {
		table: "complaints", columns: "tracking_id, kind, opd_raw, toString(submitted_at), toString(assigned_at), toString(resolved_at), toString(rating), toString(misrouted_at)",
		first:   "tracking_id,submitted_at,kind,opd,verified_at,assigned_at,first_response_at,resolved_at,status,category,channel,rating,officer,misrouted_at\n8001,2026-03-02 08:15,Pengaduan Berkadar Pengawasan,Dinkes,,2026-03-03,,,proses,,,,,\n8002,2026-03-02,permintaan informasi,,,,,,,,,,,2026-03-04\n",
		changed: "tracking_id,submitted_at,kind,opd,verified_at,assigned_at,first_response_at,resolved_at,status,category,channel,rating,officer,misrouted_at\n8001,2026-03-02 08:15,Pengaduan Berkadar Pengawasan,Dinkes,,2026-03-03,,2026-03-20 10:00:30,selesai,,,\"4,5\",,\n8002,2026-03-02,permintaan informasi,,,,,,,,,,,2026-03-04\n",
		want: []string{
			"8001|supervision|Dinkes|2026-03-02 01:15:00.000|2026-03-02 17:00:00.000|2026-03-20 03:00:30.000|4.5|",
			"8002|information||2026-03-01 17:00:00.000||||2026-03-03 17:00:00.000",
		},
	},
	"agenda": {
		table: "agenda", columns: "agenda_id, toString(date), opd_raw, title, venue",
		first:   "agenda_id,date,opd,title,venue\nA1,2027-12-31,Dinkes,Rapat,Aula\nA2,1/2/2026,Setda,Upacara,\n",
		changed: "agenda_id,date,opd,title,venue\nA1,2027-12-31,Dinkes,Rapat kerja,Aula\nA2,1/2/2026,Setda,Upacara,\n",
		want:    []string{"A1|2027-12-31|Dinkes|Rapat kerja|Aula", "A2|2026-02-01|Setda|Upacara|"},
	},
	"submissions": {
		table: "submissions", columns: "submission_id, opd_raw, toString(submitted_at), author_raw, decision, toString(decided_at), url",
		first:   "submission_id,opd,submitted_at,title,author,editor,decided_at,decision,url\nS1,Dinkes,2026-05-04 08:00,Judul,Rina,Padli,,,\nS2,Setda,2026-05-04,,,,2026-05-05,dikembalikan,\n",
		changed: "submission_id,opd,submitted_at,title,author,editor,decided_at,decision,url\nS1,Dinkes,2026-05-04 08:00,Judul,Rina,Padli,2026-05-04 13:00,Terbit,http://www.contoh.go.id/x/\nS2,Setda,2026-05-04,,,,2026-05-05,dikembalikan,\n",
		want: []string{
			"S1|Dinkes|2026-05-04 01:00:00.000|Rina|published|2026-05-04 06:00:00.000|https://contoh.go.id/x",
			"S2|Setda|2026-05-03 17:00:00.000||returned|2026-05-04 17:00:00.000|",
		},
	},
	"clarifications": {
		table: "clarifications", columns: "clarification_id, toString(spotted_at), topic, opd_raw, toString(answered_at), url",
		first:   "clarification_id,spotted_at,topic,opd,answered_at,url\nH1,2026-06-01,Bansos palsu,Dinsos,,\nH2,2026-06-02,Lowongan palsu,,2026-06-02 15:00,\n",
		changed: "clarification_id,spotted_at,topic,opd,answered_at,url\nH1,2026-06-01,Bansos palsu,Dinsos,2026-06-03,\nH2,2026-06-02,Lowongan palsu,,2026-06-02 15:00,\n",
		want: []string{
			"H1|2026-05-31 17:00:00.000|Bansos palsu|Dinsos|2026-06-02 17:00:00.000|",
			"H2|2026-06-01 17:00:00.000|Lowongan palsu||2026-06-02 08:00:00.000|",
		},
	},
	"holidays": {
		table: "holidays", columns: "region, toString(date), name, kind, decree",
		first:   "date,name,kind,region,decree\n2026-01-01,Tahun Baru,Libur Nasional,,SKB\n2026-08-27,Pilkada ulang,libur daerah,,SE 22/2025\n",
		changed: "date,name,kind,region,decree\n2026-01-01,Tahun Baru 2026,Libur Nasional,,SKB\n2026-08-27,Pilkada ulang,libur daerah,,SE 22/2025\n",
		want:    []string{"99.01|2026-08-27|Pilkada ulang|libur daerah|SE 22/2025", "|2026-01-01|Tahun Baru 2026|libur nasional|SKB"},
	},
	"targets": {
		table: "targets", columns: "opd_raw, toString(from_date), toString(target_per_week)",
		first:   "opd,from,target_per_week\nDinkes,2026-01-01,3\nSetda,2026-01-01,\n",
		changed: "opd,from,target_per_week\nDinkes,2026-01-01,4\nSetda,2026-01-01,\n",
		want:    []string{"Dinkes|2026-01-01|4", "Setda|2026-01-01|2"},
	},
}

// TestImportKinds imports every kind twice and then with a change.
func TestImportKinds(t *testing.T) {
	b := newBench(t)
	for _, kind := range ingest.Kinds() {
		t.Run(kind, func(t *testing.T) {
			sample, ok := samples[kind]
			if !ok {
				t.Fatalf("no sample for kind %s", kind)
			}
			b.t = t
			b.want(b.give(kind, sample.first), 2, 0, 0, 0)
			facts := "SELECT " + texts(sample.columns) + " FROM " + sample.table + "_current"
			before := sorted(b.rows(facts))
			b.want(b.give(kind, sample.first), 0, 0, 2, 0)
			if diff := cmp.Diff(before, sorted(b.rows(facts))); diff != "" {
				t.Errorf("second import changed facts:\n%s", diff)
			}
			b.want(b.give(kind, sample.changed), 0, 1, 1, 0)
			if diff := cmp.Diff(sorted(sample.want), sorted(b.rows(facts))); diff != "" {
				t.Errorf("facts after a change (-want +got):\n%s", diff)
			}
			versions := b.rows("SELECT toString(count()), toString(uniqExact(key_hash, version)) FROM " + sample.table)
			if diff := cmp.Diff([]string{"3|3"}, versions); diff != "" {
				t.Errorf("versions written (-want +got):\n%s", diff)
			}
		})
	}
}
