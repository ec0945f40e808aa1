-- A deleted version of each of the asked articles, without its text.
INSERT INTO articles
(
    region, url, raw_url, title, published_at, published_raw, published_precision, modified_at, first_seen_at, event_date,
    channel, source, opd_raw, sumber_raw, authors_raw, editors_raw, photographers_raw, byline_rule, place, word_count,
    text_hash, simhash, flags, key_hash, version, content_hash, deleted, run_id, ingested_at
)
SELECT
    region, url, raw_url, title, published_at, published_raw, published_precision, modified_at, first_seen_at, event_date,
    channel, {source:String}, opd_raw, sumber_raw, authors_raw, editors_raw, photographers_raw, byline_rule, place, word_count,
    text_hash, simhash, flags, key_hash, greatest(version + 1, {version:UInt64}), content_hash, true,
    {run:UUID}, {now:DateTime64(3, 'UTC')}
FROM articles
WHERE region = {region:String} AND key_hash IN {keys:Array(UInt64)}
ORDER BY version DESC
LIMIT 1 BY key_hash
