//! Invented Spanish articles: the seed corpus has none. A title, then paragraphs.

pub(crate) const ARTICLES: [&[&str]; 6] = [
    &[
        "El puente de Sorlaque reabre tras once meses de obras",
        "El puente de Sorlaque volvió a abrirse al tráfico el martes después de once meses de obras, anunció la alcaldesa ante varios cientos de vecinos que habían acudido con paraguas y bocadillos.",
        "Los trabajos, retrasados primero por una crecida y después por un pleito entre dos empresas, costaron tres millones de coronas a la provincia, un tercio más de lo previsto.",
        "Durante la ceremonia, un grupo de pescadores recordó que la pasarela provisional seguirá en pie hasta el verano, porque nadie ha querido pagar todavía su desmontaje.",
        "La alcaldesa prometió que los autobuses recuperarán su recorrido antes de fin de mes y que el peaje, muy discutido en la comarca, no se aplicará a los residentes.",
    ],
    &[
        "Un incendio destruye el archivo del teatro de Ostrel",
        "Un incendio declarado de madrugada en el sótano del teatro municipal de Ostrel destruyó casi por completo el archivo de carteles, libretos y figurines reunido desde hace ciento veinte años.",
        "Los bomberos tardaron cuatro horas en dominar las llamas, que no alcanzaron la sala ni causaron heridos. El conserje, que dormía en el edificio, dio la alarma al notar el humo.",
        "La directora del teatro, entre lágrimas, explicó que solo se habían digitalizado las fichas de los últimos veinte años y pidió a los antiguos abonados que busquen programas en sus casas.",
        "La policía científica inspecciona la instalación eléctrica, cuya reforma figuraba en el presupuesto del año pasado y fue aplazada.",
    ],
    &[
        "Los viticultores del Páramo cortan la carretera nacional",
        "Unos trescientos viticultores del Páramo cortaron el jueves la carretera nacional con tractores y cubas vacías para protestar por el precio de la uva, que ha caído a la mitad en dos campañas.",
        "La protesta provocó atascos de doce kilómetros y obligó a desviar a los camiones por el puerto de las Lanas, donde la nieve dificultaba el paso.",
        "El consejero de Agricultura ofreció recibir a una delegación el lunes, pero descartó fijar un precio mínimo, como reclaman las cooperativas.",
        "A última hora de la tarde los manifestantes repartieron mosto entre los conductores y levantaron el corte sin que se produjeran incidentes.",
        "Las cooperativas celebrarán una asamblea el domingo en la que decidirán si trasladan sus tractores a la capital.",
    ],
    &[
        "Hallan en una buhardilla el cuaderno perdido de la poeta Irena Lund",
        "El cuaderno que la poeta Irena Lund perdió en un tren hace sesenta años apareció en la buhardilla de una casa en venta, envuelto en un periódico de la época y en perfecto estado.",
        "Contiene cuarenta poemas, once de ellos desconocidos, además de una lista de la compra y el horario de los trasbordadores, según la biblioteca que lo ha adquirido.",
        "Los herederos autorizaron su publicación con la condición de que se respeten las tachaduras y de que el original pueda verse sin pagar entrada.",
    ],
    &[
        "La selección de balonmano de las Lanas logra su primer título",
        "La selección de balonmano del archipiélago de las Lanas conquistó el sábado el primer título de su historia al derrotar por un gol a la favorita tras dos prórrogas.",
        "El tanto decisivo llegó a falta de tres segundos, obra de una jugadora de diecinueve años que había debutado esa misma semana por la lesión de la capitana.",
        "En el puerto, miles de personas siguieron el partido en una pantalla colgada de una grúa y recibieron al equipo con las sirenas de los pesqueros.",
        "El gobierno del archipiélago decretó una jornada festiva que las escuelas disfrutarán el próximo viernes.",
    ],
    &[
        "Sorlaque prohíbe las calefacciones de gas en las terrazas",
        "El ayuntamiento de Sorlaque aprobó el lunes, por doce votos contra nueve, una ordenanza que prohíbe desde octubre las estufas de gas en las terrazas de bares y restaurantes.",
        "La medida afecta a unos ochenta establecimientos. Los hosteleros calculan pérdidas de una quinta parte de sus ingresos de invierno y anuncian un recurso.",
        "Los promotores de la norma responden que cada estufa consume en una noche tanto como un hogar en tres días, y recuerdan que la ciudad ofrece ayudas para comprar mantas.",
    ],
];
