"""Run the migrations on the site's database, in one transaction."""

import logging

from alembic import context
from flask import current_app

from pesona.db import Base
from pesona.models import (  # noqa: F401 - they fill the metadata
    account,
    area,
    credential,
    destination,
    event,
    holiday,
    import_batch,
    item,
    link,
    page,
    photo,
    public,
    scratch,
    search_miss,
    synonym,
    territory,
    translation,
)

logging.getLogger("alembic").setLevel(logging.WARNING)


def run() -> None:
    """Upgrade or compare with the metadata of all models; SQLite changes tables in batch mode."""
    # A restore upgrades an older backup before it becomes the site.
    engine = context.config.attributes.get("engine") or current_app.extensions["sqlalchemy"].engine
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=engine.dialect.name == "sqlite",
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
