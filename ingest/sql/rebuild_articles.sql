-- The newest version of every article, without its body; of its address as it was read only what the canonical one
-- drops and a link needs (see spelling in link.go). Lists come as one text each, parted by the control
-- character 0, which no name holds: the driver reads texts many times faster than lists.
SELECT
    url, title, published_at, published_precision, first_seen_at, channel, source, opd_raw, sumber_raw,
    arrayStringConcat(authors_raw, '\0'), arrayStringConcat(editors_raw, '\0'), arrayStringConcat(photographers_raw, '\0'),
    place, word_count, text_hash, simhash, arrayStringConcat(flags, '\0'),
    toUInt8(match(raw_url, '(?i)^\\s*http://') + 2 * match(raw_url, '(?i)^\\s*(https?:)?(//)?www[.]'))
FROM articles
WHERE region = {region:String} AND NOT deleted
  AND (key_hash, version) GLOBAL IN (SELECT key_hash, max(version) FROM articles WHERE region = {region:String} GROUP BY key_hash)
LIMIT 1 BY key_hash
