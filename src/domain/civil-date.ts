/** A civil date as the number of days since 1970-01-01, without zone or time. */
export type CivilDay = number;
