import { main } from '#service-kit';
import { startSample } from './sample/start.js';
import { services } from './services.js';

await main(services, { sample: { help: { zh: '载入送庄镇合成示例(另用自己的数据目录)', en: 'load the synthetic 送庄镇 set into a data directory of its own' }, start: startSample } });
