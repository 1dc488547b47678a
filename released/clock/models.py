"""How far the installation's calendar has been moved; at most one row, and none in production."""

from django.db import models


class ClockShift(models.Model):
    """Seconds added to real time by every process, under DEBUG only."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seconds = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="clock_shift_is_single")]

    def __str__(self) -> str:
        return f"{self.seconds:+d} s"
