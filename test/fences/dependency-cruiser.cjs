const lib = (name) => `^libs/${name}/`;
const libsBut = (...names) => `^libs/(?!(${names.join('|')})/)`;
const only = (name, ...allowed) => ({
  name: `${name}-imports-${allowed.length ? allowed.join('-') : 'nothing'}`,
  comment: `${name} may import ${allowed.length ? allowed.join(', ') : 'nothing of ours'}.`,
  severity: 'error',
  from: { path: lib(name) },
  to: { path: `${libsBut(name, ...allowed)}|^apps/` },
});

/** Who may import whom: one rule a sentence; test/fences/fences.spec.ts plants a violation of each. */
module.exports = {
  forbidden: [
    { name: 'no-circle', comment: 'Imports never form a circle.', severity: 'error', from: {}, to: { circular: true } },
    only('contracts'),
    only('decider'),
    only('standards'),
    only('postgres', 'decider'),
    only('event-store', 'decider', 'postgres'),
    only('messaging', 'event-store', 'postgres', 'decider'),
    only('auth', 'contracts'),
    only('workbook', 'decider', 'standards'),
    {
      name: 'lib-never-imports-app',
      comment: 'What several services share knows none of them.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    only('workbook', 'standards', 'decider'),
    {
      name: 'lib-by-its-door',
      comment: 'A lib is imported by its door (src/index.ts) only.',
      severity: 'error',
      from: { path: '^(apps|libs|test)/([^/]+)/', pathNot: '^test/' },
      to: { path: '^libs/([^/]+)/src/', pathNot: ['^libs/[^/]+/src/index\\.ts$', '^libs/$2/'] },
    },
    {
      name: 'app-never-imports-app',
      comment: 'A service never imports another; what they share is a contract.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: '^apps/platform/' },
      to: { path: '^apps/(?!$1/)' },
    },
    {
      name: 'platform-imports-manifests',
      comment: "platform knows of each app only its service.ts.",
      severity: 'error',
      from: { path: '^apps/platform/' },
      to: { path: '^apps/(?!platform/)', pathNot: '^apps/[^/]+/src/service\\.ts$' },
    },
    {
      name: 'framework-in-its-place',
      comment: 'Only service-kit knows the framework; messaging knows its transport port.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: ['^libs/service-kit/', '^libs/messaging/'] },
      to: { path: '(^|/)node_modules/(@nestjs|fastify|@fastify)/' },
    },
    {
      name: 'decisions-stay-pure',
      comment: 'Contracts, decider and standards touch no I/O.',
      severity: 'error',
      from: { path: '^libs/(contracts|decider|standards)/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-test-in-product',
      comment: 'The product never imports its tests.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '\\.(spec|contract)\\.ts$' },
      to: { path: ['^test/', '\\.(spec|contract|scenario)\\.ts$'] },
    },
  ],
  options: {
    tsConfig: { fileName: 'test/fences/tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.data|\\.cache)/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'], extensions: ['.ts', '.js', '.json'] },
  },
};
