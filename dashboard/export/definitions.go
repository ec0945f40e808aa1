package export

import (
	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
)

// definitions explains every term of the workbook (definitions version 1), and
// below them every figure.
func definitions() table {
	t := table{title: "Definisi", columns: []column{
		{"", "Istilah", text, 30},
		{"", "Arti", text, 110},
	}}
	for _, d := range [][2]string{
		{"Keadaan per", "Laporan melihat dunia pada akhir hari itu menurut waktu setempat; kejadian sesudahnya belum dihitung. Bila tidak dipilih: lima hari setelah akhir bulan, atau hari ini bila lebih awal."},
		{"Hari kerja", "Senin sampai Jumat, kecuali libur nasional, cuti bersama dan libur daerah. Hari pertama yang dihitung adalah hari kerja sesudah jam mulai."},
		{"Artikel", "Satu alamat web (URL)."},
		{"Berita", "Satu peristiwa tulis: artikel yang isinya hampir sama di situs OPD, portal dan kanal lain dihitung satu kali, untuk OPD asalnya."},
		{"Minggu dinilai", "Minggu Senin–Minggu yang hari Kamisnya di periode ini dan sudah selesai pada hari keadaan."},
		{"Minggu terpenuhi", "Minggu dinilai dengan berita sebanyak target per minggu atau lebih."},
		{"Hari aktif", "Hari dalam periode dengan sedikitnya satu berita."},
		{"Hari sejak terakhir", "Hari kalender dari berita terakhir sampai hari keadaan."},
		{"Capaian disesuaikan", "Berita dibanding target (target per minggu × minggu dinilai), ditarik ke rata-rata semua OPD karena sebulan adalah data yang sedikit (Gamma–Poisson), paling tinggi 120%. Capaian mentah = berita ÷ target."},
		{"Tempat dan tingkat", "Rentang tempat 90% dari 4.000 undian atas capaian. OPD yang rentangnya bertumpang tindih tidak dapat dibedakan; karena itu tingkat dan rentang, bukan satu tempat."},
		{"Sumber gagal", "Sumber OPD menjawab kurang dari 80% tarikan pada periode itu. OPD-nya dicantumkan dan tidak diperingkat."},
		{"OPD baru", "Belum genap 60 hari terdaftar: dicantumkan dan tidak diperingkat."},
		{"Batas PPID", "10 hari kerja sejak berkas lengkap, 17 bila diperpanjang dengan pemberitahuan tertulis (UU 14/2008 Pasal 22)."},
		{"Batas keberatan", "30 hari kerja sejak keberatan diterima (UU 14/2008 Pasal 36)."},
		{"Batas pengaduan", "Verifikasi 3 hari kerja, tanggapan pertama 5; penyelesaian 5 (informasi, aspirasi), 14 (pengaduan), 60 (pengaduan berkadar pengawasan) (PermenPANRB 62/2018)."},
		{"Kohor", "Kasus milik bulan tempat jamnya mulai berjalan."},
		{"Tepat waktu", "Selesai dalam batas. Terlambat: selesai lewat batas, atau masih terbuka lewat batas. Menunggu: masih terbuka dalam batas. Dikeluarkan: dicabut pemohon, atau salah alamat."},
		{"Bagian tepat waktu", "Tepat waktu ÷ (tepat waktu + terlambat); kosong selama belum ada yang diputuskan. Selang 95% menurut Wilson."},
		{"Median (hari kerja)", "Hari kerja saat separuh kasus selesai, kasus terbuka ikut dihitung (Kaplan–Meier)."},
		{"Rata-rata tunggu", "Rata-rata lama tunggu sampai 30 hari kerja, kasus terbuka ikut dihitung (luas di bawah kurva Kaplan–Meier). Tanda ≤: batas atas, kasus terlama masih berjalan sehingga rata-rata sebenarnya paling besar sekian."},
		{"Data kurang", "Kurang dari 5 kasus: dicantumkan dan tidak diperingkat."},
		{"Belum matang", "Kasusnya ada, batas waktunya belum lewat."},
		{"– (tanda hubung)", "Tidak diketahui atau tidak ada yang diukur. Bukan nol."},
		{"Ditindaklanjuti, selesai", "Bagian pengaduan yang masuk periode itu (bukan salah alamat) yang sudah ditanggapi atau diselesaikan; dan yang sudah diselesaikan."},
		{"Penulis, penyunting, fotografer", "Dihitung terpisah dan tidak dijumlahkan. Buku ini tidak menghitung angka kredit maupun predikat."},
	} {
		t.rows = append(t.rows, []cell{plain(d[0]), plain(d[1])})
	}
	t.rows = append(t.rows, registryRows()...)
	return t
}

// quality lists what stands between the figures and the truth.
// counted is the number of rows on the sheets Rincian, nil where there are
// none; revisions is what came in after the month was closed.
func quality(r *metrics.Report, counted map[metrics.DetailKind]int, revisions []metrics.Revision) table {
	t := table{title: "Mutu data", columns: []column{
		{"", "Hal", text, 52},
		{"", "Jumlah", count, 10},
		{"", "Keterangan", text, 80},
	}}
	q, name := r.DataQuality, wording.Indonesian.MetricName
	add := func(what string, n int, note string) {
		t.rows = append(t.rows, []cell{plain(what), plain(n), plain(note)})
	}
	add(name("data_quality.unmatched_opd"), q.UnmatchedOPD, "tidak masuk tabel OPD mana pun; tambahkan alias OPD")
	add(name("data_quality.unmatched_people"), q.UnmatchedPeople, "tambahkan alias pranata humas")
	add(name("data_quality.undated_articles"), q.UndatedArticles, "tidak masuk bulan mana pun")
	add(name("data_quality.inconsistent_dates"), q.InconsistentDates, "dihitung 0 hari; betulkan di register")
	add(name("data_quality.rejected_rows"), q.RejectedRows, "disimpan bersama alasannya, dapat diulang")
	names := opdNames(r)
	for _, f := range q.FailedSources {
		opd := names[f.OPD]
		if opd == "" {
			opd = f.OPD
		}
		note := wording.Indonesian.Count(f.Answered) + " dari " + wording.Indonesian.Count(f.Expected) + " tarikan dijawab; " + wording.Indonesian.Reason(f.Reason)
		t.rows = append(t.rows, []cell{plain("Sumber gagal: " + f.Source + " (" + opd + ")"), plain(f.Expected - f.Answered), plain(note)})
	}
	if counted != nil {
		t.rows = append(t.rows, controls(r, counted)...)
	}
	for _, rev := range revisions {
		t.rows = append(t.rows, []cell{plain("Masuk sesudah tutup buku"), plain(rev.Today - rev.Frozen), plain(wording.Indonesian.Revision(rev) + "; angka edisi ini tidak diubah")})
	}
	return t
}

// controls sets the rows on the sheets Rincian beside the figures they stand
// behind.
func controls(r *metrics.Report, counted map[metrics.DetailKind]int) [][]cell {
	var rows [][]cell
	sum := func(list []metrics.CaseOPD) (n int) {
		for _, o := range list {
			n += o.N
		}
		return n
	}
	sent, spotted := 0, 0
	if r.Submissions != nil {
		sent = r.Submissions.Sent
	}
	if r.Clarifications != nil {
		spotted = r.Clarifications.N
	}
	for _, c := range []struct {
		kind   metrics.DetailKind
		figure int
		least  bool // cases of an unknown OPD have rows and stand in no table
	}{
		{metrics.DetailStory, r.Publication.Stories, false},
		{metrics.DetailArticle, r.Publication.Articles, false},
		{metrics.DetailObjection, r.PPID.Objections, false},
		{metrics.DetailComplaint, figures.Submitted(r.Complaints), false},
		{metrics.DetailFirstResponse, sum(r.Complaints.FirstResponse.OPD), true},
		{metrics.DetailResolve, sum(r.Complaints.Resolve.OPD), true},
		{metrics.DetailEvent, r.Agenda.Events, false},
		{metrics.DetailSubmission, sent, false},
		{metrics.DetailClarification, spotted, false},
	} {
		n := counted[c.kind]
		note := "sama dengan angka laporan"
		switch {
		case n > c.figure && c.least:
			note = "angka laporan " + wording.Indonesian.Count(c.figure) + "; selebihnya kasus tanpa OPD yang dikenal"
		case n != c.figure:
			note = "angka laporan " + wording.Indonesian.Count(c.figure) + "; datanya berubah sesudah laporan dibekukan"
		}
		rows = append(rows, []cell{plain("Kendali: baris rincian " + wording.Indonesian.DetailKind(c.kind)), plain(n), plain(note)})
	}
	return rows
}
