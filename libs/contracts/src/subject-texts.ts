/** What people call the things that ids name. */
const SUBJECTS: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  village: { zh: '村(社区)', en: 'village' },
  household: { zh: '农户', en: 'household' },
  parcel: { zh: '地块', en: 'parcel' },
  cooperative: { zh: '合作社', en: 'cooperative' },
  enterprise: { zh: '企业', en: 'enterprise' },
};

/** `household` → 农户, household; a kind without a name of its own is called by itself. */
export const subjectText = (kind: string): { readonly zh: string; readonly en: string } => SUBJECTS[kind] ?? { zh: kind, en: kind };
