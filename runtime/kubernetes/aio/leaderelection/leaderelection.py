"""`LeaderElection`: candidates for a lock → one of them leads, as long as it renews the lock.

The rules are client-go's (k8s.io/client-go/tools/leaderelection): a lock is free when its record hasn't changed for
`lease_duration` by the candidate's own clock; a leader that couldn't renew it for `renew_deadline` stops leading.
"""

from __future__ import annotations

import asyncio
import datetime
import json
import logging
import time
from typing import Any

from kubernetes.aio._within import within
from kubernetes.aio.leaderelection.electionconfig import Config
from kubernetes.aio.leaderelection.leaderelectionrecord import LeaderElectionRecord

logger = logging.getLogger(__name__)


class LeaderElection:
    """A candidate. `observed_record` is the record that it saw last, `observed_time_milliseconds` when it changed.

    :param election_config: the lock, the times in seconds, and what to run
    """

    def __init__(self, election_config: Config) -> None:
        if election_config is None:
            message = "election_config is missing"
            raise ValueError(message)
        self.election_config = election_config
        self.observed_record: LeaderElectionRecord | None = None
        self.observed_time_milliseconds = 0

    async def run(self) -> None:
        """Wait for the lock, run `onstarted_leading` while it is held, then `onstopped_leading`.

        When the lock is lost or this is cancelled, `onstarted_leading` is cancelled, and `onstopped_leading` runs when it
        has ended: no work of a leader goes on without the lock.
        """
        await self.acquire()
        logger.info("%s successfully acquired lease", self.election_config.lock.identity)
        leading = asyncio.ensure_future(_started(self.election_config.onstarted_leading))
        try:
            await self.renew_loop()
        finally:
            leading.cancel()
            await asyncio.wait([leading])
            if self.election_config.onstopped_leading is not None:
                await _started(self.election_config.onstopped_leading)

    async def acquire(self) -> bool:
        """Wait until the lock is held, and return True."""
        logger.debug("%s is a follower", self.election_config.lock.identity)
        while True:
            if await self.try_acquire_or_renew():
                return True
            await asyncio.sleep(self.election_config.retry_period)

    async def renew_loop(self) -> None:
        """Renew the lock; return when that failed for `renew_deadline`."""
        deadline = time.monotonic() + self.election_config.renew_deadline
        while (left := deadline - time.monotonic()) > 0:
            try:
                renewed = await within(left, self.try_acquire_or_renew())
            except asyncio.TimeoutError:
                logger.exception("No answer while renewing %s", self.election_config.lock.name)
                return
            await asyncio.sleep(self.election_config.retry_period)
            if renewed:
                deadline = time.monotonic() + self.election_config.renew_deadline

    async def try_acquire_or_renew(self) -> bool:
        """Take or renew the lock, once, and say whether it is held; a server that can't be reached is a no."""
        import aiohttp

        try:
            return await self._try()
        except (aiohttp.ClientError, OSError, asyncio.TimeoutError) as error:
            logger.error("Error reaching resource lock %s: %r", self.election_config.lock.name, error)  # noqa: TRY400
            return False

    async def _try(self) -> bool:
        lock = self.election_config.lock
        # Record and Lease name no time zone; what reads them takes UTC.
        now = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None).isoformat(" ", "microseconds")
        wanted = LeaderElectionRecord(lock.identity, str(self.election_config.lease_duration), now, now)
        found, record = await lock.get(lock.name, lock.namespace)
        if not found:
            return await self._create(wanted, record)
        if record is None or None in (record.holder_identity, record.lease_duration, record.acquire_time, record.renew_time):
            return await self.update_lock(wanted)
        self._observe(record)
        if record.holder_identity == lock.identity:
            wanted.acquire_time = record.acquire_time
        elif self.observed_time_milliseconds + self.election_config.lease_duration * 1000 > _now():
            logger.debug("Yet to finish lease_duration, lease held by %s and has not expired", record.holder_identity)
            return False
        return await self.update_lock(wanted)

    def _observe(self, record: LeaderElectionRecord) -> None:
        seen = self.observed_record
        if seen is not None and seen.holder_identity != record.holder_identity:
            logger.debug("Leader has switched to %s", record.holder_identity)
        if seen is None or vars(seen) != vars(record):
            self._keep(record)

    def _keep(self, record: LeaderElectionRecord) -> None:
        self.observed_record, self.observed_time_milliseconds = record, _now()

    async def _create(self, wanted: LeaderElectionRecord, error: Any) -> bool:
        """Create the lock, unless what answered was not the API server saying that there is none."""
        lock = self.election_config.lock
        if not _is_missing(error):
            logger.error("Error retrieving resource lock %s as %s", lock.name, getattr(error, "reason", error))
            return False
        logger.debug("%s is trying to create a lock", wanted.holder_identity)
        if not await lock.create(name=lock.name, namespace=lock.namespace, election_record=wanted):
            logger.error("%s failed to create lock", wanted.holder_identity)
            return False
        self._keep(wanted)
        return True

    async def update_lock(self, leader_election_record: LeaderElectionRecord) -> bool:
        """Write a record into the lock, and say whether that succeeded."""
        lock = self.election_config.lock
        if not await lock.update(lock.name, lock.namespace, leader_election_record):
            logger.warning("%s failed to acquire lease", leader_election_record.holder_identity)
            return False
        self._keep(leader_election_record)
        logger.debug("Leader %s has successfully updated lease", leader_election_record.holder_identity)
        return True


def _now() -> int:
    """Return milliseconds by a clock that nobody sets."""
    return int(time.monotonic() * 1000)


def _started(work: Any) -> Any:
    """Return the coroutine of a callback: a coroutine, or a function that makes one."""
    return work() if callable(work) else work


def _is_missing(error: Any) -> bool:
    """Say whether an error is the API server's 404, and not the page of a proxy."""
    try:
        return bool(json.loads(error.body)["code"] == 404)
    except (AttributeError, KeyError, TypeError, ValueError):
        return False
