"""Reads a register's file into rows, by a mapping: no database, no clock."""
