-- Every row of the deliveries that were touched since some time. A delivery counts whole: its attempts may have
-- begun before. (Both sides of the IN are cut by region, so that a cluster answers on one shard.)
SELECT region, schedule, period, channel, recipient, attempt, owner, kind, status, error, next_at, lease_until, at, version
FROM deliveries
WHERE region IN {regions:Array(String)} AND id IN
(
    SELECT id FROM deliveries
    WHERE region IN {regions:Array(String)}
      AND if({id:String} = '', at >= {since:DateTime64(3, 'UTC')}, id = {id:String})
)
