"""Invented people who answer the shipped forms, so that a newcomer sees the whole thing at work.

Nobody here exists. The shares are believable, not researched: a network in East Java that reaches
many people with disabilities, most of them around Situbondo.
"""
