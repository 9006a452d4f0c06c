import type { Preparation } from '#service-kit';

/** Adds to the input of a resolution which binding each claim belongs to: a conflict names claims only, and these live in the streams of their bindings. */
export const withBindings: Preparation = async (input: { conflictId: string }, { db, schemaOf }) => {
  const { rows } = await db.query<{ claim: string; binding: string }>(
    `select c.id as claim, c.binding_id as binding from ${schemaOf('parcel_conflicts')}.conflict x join ${schemaOf('bindings')}.claim c on c.id = any(x.claim_ids) where x.id = $1`,
    [input.conflictId],
  );
  return { input: { ...input, bindingOf: Object.fromEntries(rows.map(({ claim, binding }) => [claim, binding])) } };
};
