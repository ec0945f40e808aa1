-- The newest version of every complaint, with its names as name_meanings has them and its days in the region's zone.
INSERT INTO complaint_cases
(
    region, generation, opd, opd_raw, tracking_id, kind, submitted_day, verified_day, assigned_day, first_response_day, resolved_day,
    misrouted_day, status_raw, category, channel, rating, officer, officer_raw
)
SELECT
    {region:String}, {generation:UInt64}, o.target, c.opd_raw, c.tracking_id, c.kind,
    toDate32(c.submitted_at, {zone:String}), toDate32(c.verified_at, {zone:String}), toDate32(c.assigned_at, {zone:String}),
    toDate32(c.first_response_at, {zone:String}), toDate32(c.resolved_at, {zone:String}), toDate32(c.misrouted_at, {zone:String}),
    c.status_raw, c.category, c.channel, c.rating, p.target, c.officer_raw
FROM
(
    SELECT *, toInt32(toDate32(submitted_at, {zone:String})) AS day
    FROM complaints
    WHERE region = {region:String} AND NOT deleted
      AND (key_hash, version) GLOBAL IN (SELECT key_hash, max(version) FROM complaints WHERE region = {region:String} GROUP BY key_hash)
    LIMIT 1 BY key_hash
) AS c
GLOBAL ASOF LEFT JOIN
(
    SELECT text, from_day, target FROM name_meanings
    WHERE region = {region:String} AND generation = {generation:UInt64} AND kind = 'opd'
) AS o ON c.opd_raw = o.text AND c.day >= o.from_day
GLOBAL ASOF LEFT JOIN
(
    SELECT text, from_day, target FROM name_meanings
    WHERE region = {region:String} AND generation = {generation:UInt64} AND kind = 'person'
) AS p ON c.officer_raw = p.text AND c.day >= p.from_day
