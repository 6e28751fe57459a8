"""The working-time clock of the office: pure functions over a calendar given as data.

`calendar` counts office minutes, `budget` keeps what a step may use and has used, `holidays_id` builds the
calendar from the national days (the only slow import), `now` is the edge to real time, `words` says it.
"""
