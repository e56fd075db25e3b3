-- How many trips begin in each named area in a week, on average?
SELECT area, trips, weeks, average
FROM weekly_average
WHERE report = 'area'
ORDER BY area;
