-- Every row of some deliveries of a schedule. The caller keeps the newest version of each.
SELECT region, schedule, period, channel, recipient, attempt, owner, kind, status, error, next_at, lease_until, at, version
FROM deliveries
WHERE region = {region:String} AND schedule = {schedule:String}
  AND channel = {channel:String} AND recipient = {recipient:String}
  AND period IN {periods:Array(String)}
