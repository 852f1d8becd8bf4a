#!/usr/bin/env python3
"""Writes killchain_steps.inc: the procedures of the Online Operations Kill Chain.

Run by hand when Meta publishes a new taxonomy; the result is committed, so that
a build needs neither Python nor the file:

    python3 src/model/killchain_table.py Online_Operations_Killchain-TTPs.csv \\
        >src/model/killchain_steps.inc

Labels are kept to the letter but for white space around them; a row that is
empty or holds no procedure is none.
"""
import csv
import sys


def literal(text):
    return '"' + text.replace('\\', '\\\\').replace('"', '\\"') + '"'


print('/*\n * Made by killchain_table.py of Online_Operations_Killchain-TTPs.csv in\n'
      ' * facebook/threat-research (snapshot a1b05bf, 2026-05-19).\n'
      ' * Copyright (c) Meta Platforms, Inc. and its affiliates; MIT License.\n */')
for row in csv.reader(open(sys.argv[1], encoding='utf-8', newline='')):
    tactic, technique, procedure = (' '.join(cell.split()) for cell in row)
    if tactic != 'Tactic' and procedure:
        print(f'PROCEDURE({tactic[0]}, {literal(technique)},\n\t{literal(procedure)})')
