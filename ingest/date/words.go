package date

import "time"

// months maps every spelling seen on Indonesian sites and in English feeds.
var months = map[string]time.Month{
	"januari": 1, "january": 1, "jan": 1,
	"februari": 2, "pebruari": 2, "february": 2, "feb": 2, "peb": 2,
	"maret": 3, "march": 3, "mar": 3, "mrt": 3,
	"april": 4, "apr": 4,
	"mei": 5, "may": 5,
	"juni": 6, "june": 6, "jun": 6,
	"juli": 7, "july": 7, "jul": 7,
	"agustus": 8, "august": 8, "agust": 8, "agus": 8, "agst": 8, "ags": 8, "agt": 8, "aug": 8,
	"september": 9, "sept": 9, "sep": 9,
	"oktober": 10, "october": 10, "okt": 10, "oct": 10,
	"november": 11, "nopember": 11, "nov": 11, "nop": 11,
	"desember": 12, "december": 12, "des": 12, "dec": 12,
}

// weekdays maps the names of days. "minggu" and its short form are Sunday here:
// beside a date the word never means "week".
var weekdays = map[string]time.Weekday{
	"minggu": time.Sunday, "ahad": time.Sunday, "sunday": time.Sunday, "sun": time.Sunday, "min": time.Sunday, "mgg": time.Sunday,
	"senin": time.Monday, "monday": time.Monday, "mon": time.Monday, "sen": time.Monday,
	"selasa": time.Tuesday, "tuesday": time.Tuesday, "tue": time.Tuesday, "tues": time.Tuesday, "sel": time.Tuesday,
	"rabu": time.Wednesday, "wednesday": time.Wednesday, "wed": time.Wednesday, "rab": time.Wednesday,
	"kamis": time.Thursday, "thursday": time.Thursday, "thu": time.Thursday, "thur": time.Thursday, "thurs": time.Thursday, "kam": time.Thursday,
	"jumat": time.Friday, "friday": time.Friday, "fri": time.Friday, "jum": time.Friday,
	"sabtu": time.Saturday, "saturday": time.Saturday, "sat": time.Saturday, "sab": time.Saturday,
}

// zones maps zone abbreviations to seconds east of UTC: Indonesia's (Keppres
// 41/1987) and those of RFC 822 section 5.1.
var zones = map[string]int{
	"wib": 7 * 3600, "wita": 8 * 3600, "wit": 9 * 3600,
	"z": 0, "ut": 0, "utc": 0, "gmt": 0,
	"est": -5 * 3600, "edt": -4 * 3600, "cst": -6 * 3600, "cdt": -5 * 3600,
	"mst": -7 * 3600, "mdt": -6 * 3600, "pst": -8 * 3600, "pdt": -7 * 3600,
}

// fillers are words that stand beside dates without changing them.
var fillers = map[string]bool{
	"pukul": true, "pkl": true, "jam": true, "tanggal": true, "tgl": true, "hari": true,
}
