-- How many trips does each region have in a week, on average?
SELECT region, trips, weeks, average
FROM weekly_average
WHERE report = 'region'
ORDER BY region;
