-- The newest version of every article, without its body.
SELECT
    url, title, published_at, published_precision, first_seen_at, channel, source, opd_raw, sumber_raw,
    authors_raw, editors_raw, photographers_raw, place, word_count, text_hash, simhash, flags
FROM articles
WHERE region = {region:String} AND NOT deleted
  AND (key_hash, version) GLOBAL IN (SELECT key_hash, max(version) FROM articles WHERE region = {region:String} GROUP BY key_hash)
LIMIT 1 BY key_hash
