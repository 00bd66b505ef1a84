"""Drivers: each lets one engine go over the tasks of a round."""
