-- The spell of every complaint that never changed hands: the case as it stands.
INSERT INTO complaint_spells
(
    region, generation, opd, opd_raw, tracking_id, spell, kind, submitted_day, verified_day, assigned_day, first_response_day,
    resolved_day, left_day, next_day, status_raw, category, channel, rating, officer, officer_raw
)
SELECT
    region, generation, opd, opd_raw, tracking_id, 1, kind, submitted_day, verified_day, assigned_day, first_response_day,
    resolved_day, misrouted_day, NULL, status_raw, category, channel, rating, officer, officer_raw
FROM complaint_cases
WHERE region = {region:String} AND generation = {generation:UInt64}
  AND tracking_id GLOBAL NOT IN (
      SELECT tracking_id FROM complaint_spells WHERE region = {region:String} AND generation = {generation:UInt64})
